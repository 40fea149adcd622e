import { join } from "node:path";
import { expect, test } from "vitest";
import { resolveImport } from "../../../../src/host/load/child/resolve-module.js";
import { createProjectFolder } from "../../temporary-project.js";

const files = {
  "ashlar.json": "{}",
  "names/index.json": "{}",
  "shared.ts": "",
  "src/settings.json": "{}",
  "src/user.ts": "",
};

/** As with `"baseUrl": "."`, which has every package looked for among the project's files first. */
function resolveFromUser(specifier: string) {
  const root = createProjectFolder(files);
  const found = resolveImport(specifier, join(root, "src/user.ts"), { root, paths: { "*": ["*"] } });
  return found?.kind === "source" ? found.path.slice(root.length + 1) : found?.name;
}

test("a name below baseUrl leads to code", () => {
  expect(resolveFromUser("shared")).toBe("shared.ts");
});

test.each(["ashlar", "names"])("the package %s is not looked for in JSON of its name", (name) => {
  expect(resolveFromUser(name)).toBe(name);
});

test.each(["./settings", "./settings.json", "src/settings.json"])("%s leads to JSON", (specifier) => {
  expect(resolveFromUser(specifier)).toBe("src/settings.json");
});
