import { afterEach, beforeEach, expect, it } from "vitest";
import { migrate, rollback } from "../../../src/host/migrate/migrator.js";
import { isAshlarError, type Problem } from "../../../src/support/problem.js";
import { createProject, createTable, type TestProject } from "./project.js";

let project: TestProject;
beforeEach(async () => {
  project = await createProject("sqlite");
});
afterEach(() => project.close());

async function run(): Promise<string[]> {
  return (await migrate(project.options)).map(({ name }) => name);
}

async function refused(): Promise<readonly Problem[]> {
  const error: unknown = await run().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (isAshlarError(error)) return error.problems;
  throw new Error("nothing was refused", { cause: error });
}

function configure(migrations: string): void {
  const client = JSON.stringify(`${import.meta.dirname}/../../../src/databases/sqlite.ts`);
  project.write(
    "knexfile.ts",
    `import { SqliteClient } from ${client};
export default { client: SqliteClient, connection: { filename: "./data.sqlite" }, migrations: ${migrations} };`,
  );
}

it("takes the files that Knex takes, in its order", async () => {
  const script = "exports.up = exports.down = async () => {};";
  project.write("migrations/3.cjs", script);
  project.write("migrations/20_b.ts", createTable("b"));
  project.write("migrations/20_B.js", "export const up = async () => {}, down = up;");
  project.write("migrations/1.d.ts", "export {};");
  project.write("migrations/snapshot/users.json", "{}");
  project.write("migrations/README.md", "");
  expect(await run()).toEqual(["20_B.js", "20_b.ts", "3.cjs"]);
});

it("takes the folders, extensions and table that the knexfile names", async () => {
  configure('{ directory: ["./b", "./a"], loadExtensions: [".mjs"], tableName: "history" }');
  project.write("a/1.mjs", "export const up = async () => {}, down = up;");
  project.write("b/2.mjs", "export const up = async () => {}, down = up;");
  project.write("b/0.ts", "");
  expect(await run()).toEqual(["1.mjs", "2.mjs"]);
  expect(await project.inspect((knex) => knex("history").pluck("name"))).toEqual(["1.mjs", "2.mjs"]);
  configure(
    '{ directory: ["./b", "./a"], loadExtensions: [".mjs"], tableName: "other", sortDirsSeparately: true }',
  );
  expect(await run()).toEqual(["2.mjs", "1.mjs"]);
});

it("takes a source of the project's own, and runs its hooks", async () => {
  configure(`{
    migrationSource: {
      getMigrations: async () => ["first"],
      getMigrationName: (name: string) => name,
      getMigration: async () => ({
        up: (knex: any) => knex.schema.createTable("users", (table: any) => table.increments()),
        down: (knex: any) => knex.schema.dropTable("users"),
      }),
    },
    afterAll: (knex: any) => knex("users").insert({}),
    afterEach: (knex: any) => knex("users").insert({}),
  }`);
  expect(await run()).toEqual(["first"]);
  expect(await project.inspect((knex) => knex("users").pluck("id"))).toEqual([1, 2]);
});

it("leaves names alone that the knexfile rewrites", async () => {
  project.write("migrations/1.ts", createTable("users"));
  project.write("migrations/2.ts", createTable("tasks"));
  configure(`{ tableName: "Migrations" },
    wrapIdentifier: (value: string, wrap: (value: string) => string) => wrap("x_" + value),
    postProcessResponse: (rows: any) => Array.isArray(rows) ? rows.map(() => ({})) : rows`);
  expect(await run()).toEqual(["1.ts", "2.ts"]);
  expect(await project.inspect((knex) => knex("Migrations").pluck("batch"))).toEqual([1, 1]);
  expect(await project.inspect((knex) => knex.schema.hasTable("x_users"))).toBe(true);
  expect(await rollback(project.options)).toHaveLength(2);
  expect(await project.inspect((knex) => knex("Migrations").pluck("batch"))).toEqual([]);
});

it("tells everything that cannot be loaded before anything runs", async () => {
  project.write("migrations/1.ts", createTable("users"));
  project.write("migrations/2.ts", "export const up = 1;\nexport const down = = 2;\n");
  project.write("migrations/3.ts", "export async function up() {}\n");
  project.write("migrations/4.js", 'import "./absent.js";\n');
  expect(await refused()).toMatchObject([
    { code: "migration.unloadable", location: { path: "migrations/2.ts", line: 2 } },
    { code: "migration.invalid", message: 'The migration "3.ts" does not export both "up" and "down".' },
    { code: "migration.unloadable", message: expect.stringContaining("absent.js") as string },
  ]);
  expect(await project.inspect((knex) => knex.schema.hasTable("users"))).toBe(false);
});

it("names a folder that is missing", async () => {
  project.remove("migrations");
  expect(await refused()).toMatchObject([
    {
      code: "migration.folder.missing",
      message: 'The folder of the migrations, "migrations", does not exist.',
    },
  ]);
});

it("rebuilds a table of SQLite without losing the rows that refer to it", async () => {
  project.write("migrations/1.ts", createTable("users", 'table.increments("id"); table.text("extra");'));
  project.write(
    "migrations/2.ts",
    createTable("tasks", 'table.integer("user_id").references("id").inTable("users").onDelete("cascade");'),
  );
  await run();
  await project.inspect(async (knex) => {
    await knex("users").insert({ extra: "x" });
    await knex("tasks").insert({ user_id: 1 });
  });
  const alter = (step: string) => `
export const up = (knex) => knex.schema.alterTable("users", (table) => { ${step} });
export const down = (knex) => knex.schema.alterTable("users", (table) => { table.text("extra"); });`;
  project.write("migrations/3.js", alter('table.dropColumn("extra");'));
  expect(await run()).toEqual(["3.js"]);
  expect(await project.inspect((knex) => knex("tasks").pluck("user_id"))).toEqual([1]);
  expect(await project.inspect((knex) => knex.schema.hasColumn("users", "extra"))).toBe(false);
});

it("does not let a rebuild leave rows without the rows they refer to", async () => {
  project.write("migrations/1.ts", createTable("users", 'table.increments("id"); table.text("extra");'));
  project.write(
    "migrations/2.ts",
    createTable("tasks", 'table.integer("user_id").references("id").inTable("users");'),
  );
  await run();
  await project.inspect(async (knex) => {
    await knex("users").insert({ extra: "x" });
    await knex("tasks").insert({ user_id: 1 });
  });
  project.write(
    "migrations/3.js",
    `export async function up(knex) {
  await knex.schema.alterTable("users", (table) => table.dropColumn("extra"));
  await knex("users").del();
}
export async function down() {}`,
  );
  expect(await refused()).toMatchObject([
    {
      code: "migration.failed",
      message: expect.stringContaining('one of "tasks" without its row of "users"') as string,
    },
  ]);
  expect(await project.inspect((knex) => knex("users").pluck("extra"))).toEqual(["x"]);
  expect(await project.inspect((knex) => knex.raw("pragma foreign_keys"))).toEqual([{ foreign_keys: 1 }]);
});
