import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createRequire } from "node:module";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, expect, it } from "vitest";

let project: string;
beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), "ashlar-driver-"));
  const sources = join(import.meta.dirname, "../../src/databases");
  const bundle = await rolldown({
    input: [join(sources, "pglite.ts"), join(sources, "sqlite.ts")],
    external: /^knex/,
    platform: "node",
  });
  await bundle.write({ dir: project, entryFileNames: "[name].mjs" });
  await bundle.close();
  mkdirSync(join(project, "node_modules"));
  const knex = dirname(createRequire(import.meta.url).resolve("knex/package.json"));
  symlinkSync(knex, join(project, "node_modules/knex"));
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

function open(client: string, file: string, connection: unknown): unknown {
  const script = `
    import knexModule from "knex";
    import { ${client} } from "./${file}.mjs";
    try { knexModule.knex({ client: ${client}, connection: ${JSON.stringify(connection)} }); }
    catch (error) { console.log(JSON.stringify(error.problems)); }`;
  writeFileSync(join(project, "open.mjs"), script);
  return JSON.parse(execFileSync(process.execPath, ["open.mjs"], { cwd: project, encoding: "utf8" }));
}

it.each([
  ["PgliteClient", "pglite", { dataDir: "./data" }, "@electric-sql/pglite"],
  ["SqliteClient", "sqlite", { filename: "./data.sqlite" }, "libsql"],
])("%s says which package to install where it is missing", (client, file, connection, packageName) => {
  expect(open(client, file, connection)).toEqual([
    {
      code: "database.driver.missing",
      message: expect.stringContaining(`"${packageName}"`) as string,
      hint: `Install it: npm install ${packageName}`,
    },
  ]);
});
