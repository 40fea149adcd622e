import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { migrate, rollback } from "../../../src/host/migrate/migrator.js";
import { createProject, createTable, type TestProject } from "./project.js";

let project: TestProject;
afterEach(() => project.close());

/** What stands in the knexfile beside client and connection. */
function configure(text: string): void {
  const knexfile = readFileSync(join(project.root, "knexfile.ts"), "utf8");
  project.write("knexfile.ts", knexfile.replace("connection:", `${text}, connection:`));
}

describe("the configuration of Knex", () => {
  it("has its hooks called, those of each in the transaction of each", async () => {
    project = await createProject("sqlite");
    project.write("migrations/1.ts", createTable("users"));
    project.write("migrations/2.ts", createTable("tasks"));
    const hook = (name: string): string => `${name}: async (knex: Knex, migrations: any) => {
      if (!(await knex.schema.hasTable("told"))) return;
      await knex("told").insert({ text: "${name} " + migrations.map((each: any) => each.name) + (knex.isTransaction ? " within" : "") });
    }`;
    const hooks = ["beforeAll", "beforeEach", "afterEach", "afterAll"].map(hook).join(", ");
    configure(`migrations: { ${hooks} } as any`);
    await project.inspect((knex) => knex.schema.createTable("told", (table) => table.text("text")));
    await migrate(project.options);
    await rollback({ ...project.options, step: 1 });
    expect(await project.inspect((knex) => knex("told").pluck("text"))).toEqual([
      "beforeAll 1.ts,2.ts",
      "beforeEach 1.ts within",
      "afterEach 1.ts within",
      "beforeEach 2.ts within",
      "afterEach 2.ts within",
      "afterAll 1.ts,2.ts",
      "beforeAll 2.ts",
      "beforeEach 2.ts within",
      "afterEach 2.ts within",
      "afterAll 2.ts",
    ]);
  });

  it("treats names and results in migrations, never in records", async () => {
    project = await createProject("sqlite");
    configure(
      'wrapIdentifier: (name: string, wrap: any) => wrap(name === "*" ? name : "x_" + name), postProcessResponse: (rows: any) => ({ rows })',
    );
    const outside = `${createTable("tasks")}\nexport const config = { transaction: false };`;
    const asking = createTable("users").replace(
      "});\n}",
      '});\n  if (!("rows" in (await knex("users")))) throw new Error("not processed");\n}',
    );
    project.write("migrations/1.ts", asking);
    project.write("migrations/2.ts", outside);
    expect(await migrate(project.options)).toHaveLength(2);
    expect(await migrate(project.options)).toEqual([]);
    const tables = await project.inspect((knex) =>
      knex("sqlite_master").where({ type: "table" }).whereNot("name", "like", "sqlite%").pluck("name"),
    );
    expect(tables.toSorted()).toEqual([
      "knex_migrations",
      "knex_migrations_hashes",
      "knex_migrations_lock",
      "x_tasks",
      "x_users",
    ]);
    expect(await rollback(project.options)).toHaveLength(2);
  });
});
