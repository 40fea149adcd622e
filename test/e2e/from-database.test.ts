/**
 * A database that ashlar did not make becomes a project's resources: the real command, on the awkward schemas among the
 * fixtures, and what the project's own compilers and migrations then say of what was written.
 */
import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { COMPILERS, runCompiler, type CompilerVersion } from "../../bench/types/type-project.js";
import { createDiskTree } from "../../src/host/disk-tree.js";
import { openPostgres, openSqlite, type TestDatabase } from "../databases/engines.js";
import { checkoutExecutable } from "./new-package.js";
import { runProcess } from "./new-processes.js";
import { makeImportProject, type ImportProject } from "./import-project.js";

const command = ["gen", "resources", "--from-database", "--include-views", "--yes"];

const kinds = {
  sqlite: { open: openSqlite, schema: "fixtures/databases/awkward-sqlite.sql", tables: 26 },
  postgres: { open: openPostgres, schema: "fixtures/databases/awkward-postgres.sql", tables: 33 },
} as const;

describe.each(["sqlite", "postgres"] as const)("an awkward database on %s", (kind) => {
  let database: TestDatabase;
  let project: ImportProject;
  const ashlar = (...args: readonly string[]) => runAshlar(project, args);

  beforeAll(async () => {
    database = await kinds[kind].open();
    await runScript(database, readFileSync(kinds[kind].schema, "utf8"));
    project = makeImportProject(kind, database.connection);
    linkPackages(project, ["knex", "libsql", "pg", "typescript"]);
  });
  afterAll(async () => {
    await database.close();
    project.dispose();
  });

  test("is shown before it is written", async () => {
    const { exitCode, stdout } = await ashlar(...command, "--check");
    expect(stdout).toContain(`  ${kinds[kind].tables} tables of the database`);
    expect(exitCode).toBe(3);
    expect(createDiskTree(project.root).list("src")).toEqual(["src/repo.ts"]);
  });

  test("becomes resources, and nothing more the second time", async () => {
    const { exitCode, stderr } = await ashlar(...command);
    expect(stderr).toContain("Next: npx ashlar migrate");
    expect(exitCode).toBe(0);
    expect((await ashlar(...command, "--check")).exitCode).toBe(0);
  });

  test("leaves nothing for a migration to change", async () => {
    const { exitCode, stdout, stderr } = await ashlar("gen", "migrations", "--check");
    expect({ exitCode, told: exitCode === 0 ? "" : stdout + stderr }).toEqual({ exitCode: 0, told: "" });
  });

  test.each(Object.keys(COMPILERS) as CompilerVersion[])(
    "type-checks under TypeScript %s",
    async (version) => {
      expect((await runCompiler(version, project.root)).errors).toEqual([]);
    },
  );

  test("refuses a table that it does not have", async () => {
    const { exitCode, stderr } = await ashlar("gen", "resources", "--from-database", "--tables", "userz");
    expect(stderr).toContain('Did you mean "users"?');
    expect(exitCode).toBe(2);
  });
});

test("a file that is not there is not made", async () => {
  const project = makeImportProject("sqlite", { filename: "nothing.sqlite" });
  try {
    linkPackages(project, ["knex", "libsql"]);
    const { exitCode, stderr } = await runAshlar(project, command);
    expect(stderr).toContain("There is no database at");
    expect(existsSync(join(project.root, "nothing.sqlite"))).toBe(false);
    expect(exitCode).toBe(1);
  } finally {
    project.dispose();
  }
});

test("a database that cannot be reached is told", async () => {
  const connection = { host: "127.0.0.1", port: 1, user: "nobody", password: "secret", database: "none" };
  const project = makeImportProject("postgres", connection);
  try {
    linkPackages(project, ["knex", "pg"]);
    const { exitCode, stderr } = await runAshlar(project, command);
    expect(stderr).toContain('Cannot connect to the database "none" at 127.0.0.1:1');
    expect(stderr).not.toContain("secret");
    expect(exitCode).toBe(1);
  } finally {
    project.dispose();
  }
});

function runAshlar({ root }: ImportProject, args: readonly string[]) {
  return runProcess(process.execPath, [checkoutExecutable, ...args], { cwd: root, env: {} });
}

function linkPackages({ root }: ImportProject, names: readonly string[]): void {
  for (const name of names) symlinkSync(resolve("node_modules", name), join(root, "node_modules", name));
  symlinkSync(resolve("."), join(root, "node_modules/ashlar"));
}

/** Knex takes a question mark for a place of a value; SQLite runs one statement at a time. */
async function runScript({ kind, knex }: TestDatabase, script: string): Promise<void> {
  if (kind !== "sqlite") return void (await knex.raw(script.replaceAll("?", "\\?")));
  const connection = (await knex.client.acquireConnection()) as { exec(sql: string): void };
  try {
    connection.exec(script);
  } finally {
    await knex.client.releaseConnection(connection);
  }
}
