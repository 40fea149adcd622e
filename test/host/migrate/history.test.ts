import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { migrate, rollback, type MigrateOptions } from "../../../src/host/migrate/migrator.js";
import { readStatus } from "../../../src/host/migrate/status.js";
import { createProject, createTable, type TestProject } from "./project.js";
import { problemsOf } from "./problems.js";

const [users, tasks, notes] = ["20260101_users.ts", "20260102_tasks.ts", "20260103_notes.ts"];

let project: TestProject;
afterEach(() => project.close());

async function up(options: Partial<MigrateOptions> = {}): Promise<string[]> {
  return (await migrate({ ...project.options, ...options })).map(({ name }) => name);
}

async function readStates(): Promise<string[]> {
  return (await readStatus(project.options)).map(({ name, state }) => `${name} ${state}`);
}

async function codesOf(run: () => Promise<unknown>): Promise<string[]> {
  return (await problemsOf(run)).map(({ code }) => code);
}

function readHashes(): Promise<{ name: string; hash: string }[]> {
  return project.inspect((knex) => knex("knex_migrations_hashes").orderBy("name").select("name", "hash"));
}

describe.each(["postgres", "sqlite"] as const)("the files of migrations that have run, on %s", (kind) => {
  beforeEach(async () => {
    project = await createProject(kind);
    project.write(`migrations/${users}`, createTable("users"));
    project.write(`migrations/${notes}`, createTable("notes"));
  });

  it("stop a run where one was edited, until it is accepted or as it was", async () => {
    await up();
    project.write(`migrations/${users}`, createTable("users", "table.uuid('id');"));
    project.write(`migrations/${tasks}`, createTable("tasks"));
    const [edited, late, ...others] = await problemsOf(() => up());
    expect(edited).toMatchObject({ code: "migration.file.edited" });
    expect(edited?.message).toBe(
      `The migration "${users}" has run on this database, and its file was edited since.`,
    );
    expect(edited?.hint).toContain("npx ashlar migrate --accept-edited");
    expect(late).toMatchObject({ code: "migration.file.late" });
    expect(others).toEqual([]);
    expect(await readStates()).toEqual([`${users} edited`, `${notes} applied`, `${tasks} late`]);
    project.write(`migrations/${users}`, createTable("users"));
    expect(await codesOf(() => up())).toEqual(["migration.file.late"]);
    project.write(`migrations/${users}`, createTable("users", "table.uuid('id');"));
    project.remove(`migrations/${tasks}`);
    expect(await up({ acceptEdited: true })).toEqual([]);
    expect(await readStates()).toEqual([`${users} applied`, `${notes} applied`]);
    expect(await up()).toEqual([]);
  });

  it("may be formatted anew", async () => {
    await up();
    project.write(
      `migrations/${users}`,
      createTable("users").replaceAll(";", "").replaceAll("\n", "\r\n").replaceAll("  ", "\t"),
    );
    expect(await readStates()).toEqual([`${users} applied`, `${notes} applied`]);
  });

  it("stop a run where one is late, until it may run or has another name", async () => {
    await up();
    project.write(`migrations/${tasks}`, createTable("tasks"));
    const [problem] = await problemsOf(() => up());
    expect(problem?.message).toBe(
      `The migration "${tasks}" has not run on this database, but "${notes}", which comes after it, has.`,
    );
    expect(await up({ allowLate: true })).toEqual([tasks]);
    expect(await rollback({ ...project.options, step: 1 })).toMatchObject([{ name: tasks }]);
    project.remove(`migrations/${tasks}`);
    project.write("migrations/20260104_tasks.ts", createTable("tasks"));
    expect(await up()).toEqual(["20260104_tasks.ts"]);
  });

  it("stop a run where one is gone, unless it may be", async () => {
    await up();
    project.remove(`migrations/${users}`);
    project.write("migrations/20260104_more.ts", createTable("more"));
    expect(await codesOf(() => up())).toEqual(["migration.file.missing"]);
    expect(await up({ allowMissing: true })).toEqual(["20260104_more.ts"]);
    expect(await codesOf(() => rollback({ ...project.options, all: true }))).toEqual([
      "migration.file.missing",
    ]);
    expect(await rollback({ ...project.options, step: 2 })).toHaveLength(2);
  });

  it("can be brought back to undo one that was made anew elsewhere, together with what ran after it", async () => {
    await up();
    project.remove(`migrations/${users}`);
    project.write("migrations/20260104_users_anew.ts", createTable("users", "table.uuid('id');"));
    const [problem] = await problemsOf(() => up());
    expect(problem?.hint).toContain(
      "If it was taken back in the project, or made anew under another name, undo it then, and delete the file again: npx ashlar rollback --step 2.",
    );
    project.write(`migrations/${users}`, createTable("users"));
    expect(await rollback({ ...project.options, step: 2 })).toHaveLength(2);
    project.remove(`migrations/${users}`);
    expect(await up()).toEqual([notes, "20260104_users_anew.ts"]);
  });

  it("are no ground for complaint where they ran before there were hashes, and have theirs from the next on", async () => {
    await up();
    await project.inspect((knex) => knex.schema.dropTable("knex_migrations_hashes"));
    project.write(`migrations/${users}`, createTable("users", "table.uuid('id');"));
    expect(await readStates()).toEqual([`${users} applied`, `${notes} applied`]);
    project.write("migrations/20260104_more.ts", createTable("more"));
    expect(await up()).toEqual(["20260104_more.ts"]);
    expect((await readHashes()).map(({ name }) => name)).toEqual([users, notes, "20260104_more.ts"]);
    project.write(`migrations/${users}`, createTable("users"));
    expect(await codesOf(() => up())).toEqual(["migration.file.edited"]);
  });

  it("have no hash once they are undone", async () => {
    await up();
    await rollback({ ...project.options, step: 1 });
    expect((await readHashes()).map(({ name }) => name)).toEqual([users]);
  });

  it("are marked where one without a transaction was begun and cut off", async () => {
    project.write(
      `migrations/${users}`,
      `${createTable("users").replace("});\n}", '});\n  throw new Error("cut off");\n}')}
export const config = { transaction: false };`,
    );
    expect(await codesOf(() => up())).toEqual(["migration.failed"]);
    expect(await readStates()).toEqual([`${users} interrupted`, `${notes} pending`]);
    project.write(`migrations/${users}`, "export async function up() {}\nexport async function down() {}");
    const repeated: string[] = [];
    expect(await up({ onRepeat: (name) => repeated.push(name) })).toEqual([users, notes]);
    expect(repeated).toEqual([users]);
    expect(await readStates()).toEqual([`${users} applied`, `${notes} applied`]);
  });

  it("are not marked where one failed that opened a transaction itself, and nothing of it stays", async () => {
    const inTransaction = (up: string, down: string): string => `export const config = { transaction: false };
const run = (sql) => (knex) => knex.transaction((trx) => trx.raw("create table kept (id integer)").then(() => trx.raw(sql)));
export const up = run("${up}");
export const down = run("${down}");
`;
    project.write(`migrations/${notes}`, inTransaction("insert into absent values (1)", "select 1"));
    const [problem] = await problemsOf(() => up());
    expect(problem?.hint).toContain("The database is as it was before this migration.");
    expect(await readStates()).toEqual([`${users} applied`, `${notes} pending`]);
    project.write(`migrations/${notes}`, inTransaction("drop table kept", "insert into absent values (1)"));
    await up();
    expect(await codesOf(() => rollback({ ...project.options, step: 1 }))).toEqual(["migration.failed"]);
    expect(await readStates()).toEqual([`${users} applied`, `${notes} applied`]);
    project.write(`migrations/${notes}`, inTransaction("drop table kept", "drop table kept"));
    expect(await readStates()).toEqual([`${users} applied`, `${notes} edited`]);
    expect(await rollback({ ...project.options, step: 1 })).toMatchObject([{ name: notes }]);
  });

  it("are marked where undoing one without a transaction was cut off", async () => {
    project.write(
      `migrations/${notes}`,
      `${createTable("notes").replace('await knex.schema.dropTable("notes")', 'throw new Error("cut off")')}
export const config = { transaction: false };`,
    );
    await up();
    expect(await codesOf(() => rollback({ ...project.options, step: 1 }))).toEqual(["migration.failed"]);
    expect(await readStates()).toEqual([`${users} applied`, `${notes} half-undone`]);
    expect(await problemsOf(() => up())).toMatchObject([
      { code: "migration.rollback.interrupted", hint: expect.stringContaining("--step 1") as string },
    ]);
    project.write(`migrations/${notes}`, createTable("notes"));
    expect(await rollback({ ...project.options, step: 1 })).toMatchObject([{ name: notes }]);
    expect(await up()).toEqual([notes]);
  });
});
