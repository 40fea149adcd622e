import { join } from "node:path";
import { expect, test } from "vitest";
import { findProjectRoot } from "../../src/host/project-root.js";
import { createProjectFolder, createTemporaryFolder } from "./temporary-project.js";

test("the root is the nearest folder upward with package.json", () => {
  const root = createProjectFolder({
    "package.json": "{}",
    "packages/a/package.json": "{}",
    "packages/a/src/x.ts": "",
  });
  expect(findProjectRoot(join(root, "packages/a/src"))).toBe(join(root, "packages/a"));
  expect(findProjectRoot(root)).toBe(root);
});

test("a folder with ashlar.config.json goes before one with package.json alone", () => {
  const root = createProjectFolder({ "ashlar.config.json": "{}", "packages/a/package.json": "{}" });
  expect(findProjectRoot(join(root, "packages/a"))).toBe(root);
});

test("where there is no project, the message says where it looked and how to start one", () => {
  const folder = createTemporaryFolder();
  expect(() => findProjectRoot(folder)).toThrow(
    expect.objectContaining({
      code: "project.missing",
      message: expect.stringMatching(
        `neither "${folder}" nor .* npx ashlar new my-app.* npx ashlar init`,
      ) as string,
    }),
  );
});
