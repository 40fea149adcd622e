import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readProjectPackages } from "../../../src/host/new/own-package.js";
import { isAshlarError } from "../../../src/support/problem.js";
import { createTemporaryFolder, writeFiles } from "../temporary-project.js";

const manifest = JSON.stringify({
  name: "ashlar",
  version: "1.2.3",
  devDependencies: { knex: "^3.3.0" },
});

describe("a new project takes ashlar", () => {
  test("from the registry where the one that runs is installed", () => {
    const folder = createTemporaryFolder();
    writeFiles(folder, { "shop/node_modules/ashlar/package.json": manifest });
    expect(readProjectPackages(join(folder, "shop/node_modules/ashlar"), join(folder, "blog"))).toEqual({
      ashlar: "^1.2.3",
      versions: { knex: "^3.3.0" },
    });
  });

  test("from its checkout, which is in no registry", () => {
    const folder = createTemporaryFolder();
    writeFiles(folder, { "ashlar/package.json": manifest, "ashlar/dist/runtime/index.js": "" });
    const read = (project: string) =>
      readProjectPackages(join(folder, "ashlar"), join(folder, project)).ashlar;
    expect(read("projects/blog")).toBe("file:../../ashlar");
    expect(read("ashlar/.demo/blog")).toBe("file:../..");
  });

  test("not from a checkout that has not been built", () => {
    const folder = createTemporaryFolder();
    writeFiles(folder, { "ashlar/package.json": manifest });
    const own = join(folder, "ashlar");
    const error = catchError(() => readProjectPackages(own, join(folder, "blog")));
    expect(isAshlarError(error) && error.problems).toEqual([
      {
        code: "new.checkout.unbuilt",
        message: `This ashlar is a checkout, "${own}", and has not been built: a project could not install it.`,
        hint: `Build it, then run the command again: npm run build --prefix ${own}`,
      },
    ]);
  });
});

function catchError(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("Nothing was thrown.");
}
