import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { importModule } from "../../src/host/import-module.js";
import { createProjectFolder } from "./temporary-project.js";

const key = Symbol.for("ashlar.importModule");

test("a module of the project is imported by its URL", async () => {
  const root = createProjectFolder({ "config.mjs": 'export default "from the project";' });
  expect(await importModule(pathToFileURL(join(root, "config.mjs")).href)).toMatchObject({
    default: "from the project",
  });
});

test("the importer that the executable left goes first", async () => {
  onTestFinished(() => void Reflect.deleteProperty(globalThis, key));
  Object.assign(globalThis, { [key]: (specifier: string) => Promise.resolve({ imported: specifier }) });
  expect(await importModule("knex")).toEqual({ imported: "knex" });
});
