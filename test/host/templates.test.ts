import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { rolldown } from "rolldown";
import { expect, test } from "vitest";
import { createTemplateSource, findPackageRoot } from "../../src/host/templates.js";
import { createProjectFolder } from "./temporary-project.js";

test("a template is read by its path, and is undefined where there is none", () => {
  const root = createProjectFolder({ "resource/resource.ts.ejs": "class <%= name %> {}" });
  const templates = createTemplateSource(root);
  expect(templates.read("resource/resource.ts.ejs")).toBe("class <%= name %> {}");
  expect(templates.read("resource/missing.ts.ejs")).toBeUndefined();
});

test("the package is found from its sources", () => {
  expect(existsSync(join(findPackageRoot(), "schema.json"))).toBe(true);
});

test("the package is found from its bundle, of either module kind", async () => {
  const root = createProjectFolder({
    "node_modules/ashlar/package.json": '{ "name": "ashlar" }',
    "node_modules/ashlar/dist/cli/package.json": "{}",
    "package.json": '{ "name": "app", "dependencies": { "ashlar": "1" } }',
  });
  const input = join(import.meta.dirname, "../../src/host/templates.ts");
  const build = await rolldown({ input, platform: "node" });
  for (const [format, ending] of [
    ["cjs", "cjs"],
    ["esm", "mjs"],
  ] as const) {
    const file = join(root, `node_modules/ashlar/dist/cli/templates.${ending}`);
    await build.write({ file, format });
    const bundled = (await import(pathToFileURL(file).href)) as { findPackageRoot(): string };
    expect(bundled.findPackageRoot()).toBe(join(root, "node_modules/ashlar"));
  }
  await build.close();
});
