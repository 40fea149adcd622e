import type { Knex } from "knex";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { migrate, rollback } from "../../../src/host/migrate/migrator.js";
import { readStatus } from "../../../src/host/migrate/status.js";
import { createProject, type TestProject } from "./project.js";
import { problemsOf } from "./problems.js";

let project: TestProject;
afterEach(() => project.close());

function writeTable(table: string): string {
  return `export const up = (knex) => knex.schema.createTable("${table}", (table) => void table.increments("id"));
export const down = (knex) => knex.schema.dropTable("${table}");
`;
}

async function readStates(): Promise<string[]> {
  return (await readStatus(project.options)).map(({ name, state }) => `${name} ${state}`);
}

/** What plain Knex gives for one of its commands. */
function plain<Result>(command: (migrator: Knex.Migrator) => Promise<Result>): Promise<Result> {
  const directory = `${project.root}/migrations`;
  return project.inspect(async (knex) => {
    knex.client.config.migrations = { directory };
    return command(knex.migrate);
  });
}

function readLock(): Promise<number[]> {
  return project.inspect((knex) => knex("knex_migrations_lock").pluck("is_locked"));
}

describe.each(["postgres", "sqlite"] as const)("plain Knex beside ashlar, on %s", (kind) => {
  beforeEach(async () => {
    project = await createProject(kind);
    for (const table of ["a", "b", "c"]) project.write(`migrations/${table}.js`, writeTable(table));
  });

  it("goes on where ashlar was, and ashlar where Knex was", async () => {
    await migrate({ ...project.options, step: 1 });
    expect(await plain((migrator) => migrator.up())).toEqual([2, [expect.stringContaining("b.js")]]);
    expect(await migrate(project.options)).toMatchObject([{ name: "c.js" }]);
    expect(await plain((migrator) => migrator.rollback())).toEqual([3, [expect.stringContaining("c.js")]]);
    expect(await rollback(project.options)).toMatchObject([{ name: "b.js" }]);
    expect(await plain((migrator) => migrator.latest())).toMatchObject([2, { length: 2 }]);
    expect(await rollback({ ...project.options, all: true })).toHaveLength(3);
    expect(await plain((migrator) => migrator.currentVersion())).toBe("none");
  });

  it("may run a file that was edited while it was undone", async () => {
    await migrate(project.options);
    await plain((migrator) => migrator.rollback());
    project.write("migrations/a.js", `${writeTable("a")}export const more = 1;\n`);
    await plain((migrator) => migrator.latest());
    expect(await readStates()).toEqual(["a.js applied", "b.js applied", "c.js applied"]);
  });

  it("has its lock respected, and released as it says", async () => {
    await migrate({ ...project.options, step: 1 });
    await project.inspect((knex) => knex("knex_migrations_lock").update({ is_locked: 1 }));
    const [problem] = await problemsOf(() => migrate(project.options));
    expect(problem).toMatchObject({ code: "migration.locked" });
    expect(problem?.hint).toContain("update knex_migrations_lock set is_locked = 0");
    await plain((migrator) => migrator.forceFreeMigrationsLock());
    expect(await migrate(project.options)).toHaveLength(2);
  });

  it("is kept out by a run that was killed until ashlar or its own command mends that", async () => {
    await migrate({ ...project.options, step: 1 });
    await project.inspect((knex) => knex("knex_migrations_lock").update({ is_locked: 2 }));
    await expect(plain((migrator) => migrator.latest())).rejects.toThrow("already locked");
    expect(await migrate({ ...project.options, step: 1 })).toMatchObject([{ name: "b.js" }]);
    expect(await readLock()).toEqual([0]);
    expect(await plain((migrator) => migrator.latest())).toMatchObject([3, { length: 1 }]);
  });
});
