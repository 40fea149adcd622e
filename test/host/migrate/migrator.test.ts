import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  migrate,
  rollback,
  type MigrateOptions,
  type RollbackOptions,
} from "../../../src/host/migrate/migrator.js";
import { isAshlarError, type Problem } from "../../../src/support/problem.js";
import { databaseKinds, databaseTimeout } from "../../databases/engines.js";
import { createProject, createTable, type TestProject } from "./project.js";

const [users, tasks, notes] = ["20260101_users.ts", "20260102_tasks.ts", "20260103_notes.ts"];

describe.each(databaseKinds)("migrating on %s", { timeout: databaseTimeout }, (kind) => {
  let project: TestProject;
  beforeEach(async () => {
    project = await createProject(kind);
    project.write(`migrations/${tasks}`, createTable("tasks"));
    project.write(`migrations/${users}`, createTable("users"));
    project.write(`migrations/${notes}`, createTable("notes"));
  }, databaseTimeout);
  afterEach(() => project.close());

  async function up(options: Partial<MigrateOptions> = {}): Promise<string[]> {
    return (await migrate({ ...project.options, ...options })).map(({ name }) => name);
  }

  async function down(options: Partial<RollbackOptions> = {}): Promise<string[]> {
    return (await rollback({ ...project.options, ...options })).map(({ name }) => name);
  }

  async function problemsOf(run: () => Promise<unknown>): Promise<readonly Problem[]> {
    const error: unknown = await run().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (isAshlarError(error)) return error.problems;
    throw new Error("nothing was refused", { cause: error });
  }

  function readTables(): Promise<Record<string, boolean>> {
    return project.inspect(async (knex) => {
      const names = ["users", "tasks", "notes", "half"];
      const found: [string, boolean][] = [];
      for (const name of names) found.push([name, await knex.schema.hasTable(name)]);
      return Object.fromEntries(found.filter(([, exists]) => exists));
    });
  }

  it("runs what has not run, tells each as it goes, and then has nothing to do", async () => {
    const told: string[] = [];
    const onStart = (name: string) => told.push(`start ${name}`);
    const onDone = (name: string, milliseconds: number) => told.push(`done ${name} ${typeof milliseconds}`);
    expect(await up({ onStart, onDone, step: 2 })).toEqual([users, tasks]);
    expect(told).toEqual([users, tasks].flatMap((name) => [`start ${name}`, `done ${name} number`]));
    expect(await up()).toEqual([notes]);
    expect(await up()).toEqual([]);
    expect(await readTables()).toEqual({ users: true, tasks: true, notes: true });
  });

  it("records what plain Knex would", async () => {
    await up();
    await project.inspect(async (knex) => {
      const directory = `${project.root}/migrations`;
      const [done, pending] = (await knex.migrate.list({ directory })) as [{ name: string }[], unknown[]];
      expect(done.map(({ name }) => name)).toEqual([users, tasks, notes]);
      expect(pending).toEqual([]);
      expect(await knex("knex_migrations").orderBy("id").pluck("batch")).toEqual([1, 1, 1]);
      expect(await knex("knex_migrations_lock").pluck("is_locked")).toEqual([0]);
    });
  });

  it("stops at the migration that it is told", async () => {
    expect(await up({ to: "20260102" })).toEqual([users, tasks]);
    expect(await problemsOf(() => up({ to: "20260102_taks" }))).toMatchObject([
      { code: "migration.unknown", hint: expect.stringContaining(`Did you mean "${tasks}"?`) as string },
    ]);
    expect(await problemsOf(() => up({ to: "2026" }))).toMatchObject([{ code: "migration.ambiguous" }]);
  });

  it("undoes the last batch, a number, back to one, or all", async () => {
    await up({ step: 1 });
    await up();
    expect(await down()).toEqual([notes, tasks]);
    expect(await up()).toEqual([tasks, notes]);
    expect(await down({ step: 1 })).toEqual([notes]);
    expect(await down({ to: users.replace(".ts", "") })).toEqual([tasks]);
    expect(await problemsOf(() => down({ to: tasks }))).toMatchObject([{ code: "migration.unknown" }]);
    await up();
    expect(await down({ all: true })).toEqual([notes, tasks, users]);
    expect(await down()).toEqual([]);
    expect(await readTables()).toEqual({});
  });

  it("names what failed, keeps what ran before, and leaves the database as before it", async () => {
    project.write(
      `migrations/${tasks}`,
      createTable("half").replace("});\n}", '});\n  await knex("half").insert({ missing: "secret" });\n}'),
    );
    const [problem] = await problemsOf(() => up());
    expect(problem?.code).toBe("migration.failed");
    expect(problem?.message).toMatch(
      new RegExp(`^The migration "${tasks}" failed: .*missing.* The statement was: insert into .half.`),
    );
    expect(problem?.message).not.toContain("secret");
    expect(problem?.hint).toContain("The database is as it was before this migration.");
    expect(problem?.location).toMatchObject({ path: `migrations/${tasks}`, line: 7 });
    expect(problem?.frame).toContain('> 7 |   await knex("half").insert');
    expect(await readTables()).toEqual({ users: true });
    project.write(`migrations/${tasks}`, createTable("tasks"));
    expect(await problemsOf(() => down({ to: "none" }))).toMatchObject([{ code: "migration.unknown" }]);
    expect(await up()).toEqual([tasks, notes]);
  });

  it("names the migration's own line where a module that it calls fails", async () => {
    project.write(
      "src/fill.ts",
      'export const fill = (knex: any) => knex("users").insert([{ id: 1 }, { id: 1 }]);\n',
    );
    project.write(
      `migrations/${users}`,
      `import { fill } from "../src/fill.js";\n${createTable("users").replace("});\n}", "});\n  await fill(knex);\n}")}`,
    );
    const [problem] = await problemsOf(() => up());
    expect(problem).toMatchObject({
      code: "migration.failed",
      location: { path: `migrations/${users}`, line: 8 },
    });
    if (kind !== "sqlite") expect(problem?.message).toContain(" (Key (id)=(1) already exists).");
  });

  it("does not forget a migration whose way back failed", async () => {
    await up();
    project.write(
      `migrations/${notes}`,
      createTable("notes").replace('dropTable("notes")', 'dropTable("missing")'),
    );
    const [problem] = await problemsOf(() => down());
    expect(problem).toMatchObject({ code: "migration.failed", location: { line: 10 } });
    expect(problem?.message).toMatch(`Rolling back the migration "${notes}" failed: `);
    expect(await readTables()).toEqual({ users: true, tasks: true, notes: true });
    project.write(`migrations/${notes}`, createTable("notes"));
    expect(await down()).toEqual([notes, tasks, users]);
  });

  it("says that a table is there already", async () => {
    await project.inspect((knex) => knex.schema.createTable("users", (table) => table.increments()));
    expect(await problemsOf(() => up())).toMatchObject([
      {
        code: "migration.table.exists",
        location: { path: `migrations/${users}`, line: 4 },
        hint: expect.stringMatching(
          /npx ashlar undo migration, then npx ashlar gen resources --from-database\. The database is as it was/,
        ) as string,
      },
    ]);
  });

  it("says what to do about a view that is in the way", async () => {
    const changes = {
      sqlite: [`drop table users`, `alter table tasks rename to chores`],
      other: [`alter table users drop column id`],
    };
    const advice = {
      sqlite: /^That view reads what is not there any more, .* The database is as it was/,
      other: /^Let the migration drop that first and make it again afterwards, .* The database is as it was/,
    };
    const family = kind === "sqlite" ? kind : "other";
    const statements = ["create view ids as select id from users", ...changes[family]];
    project.write(
      "migrations/20260104_change.js",
      `export async function up(knex) { for (const sql of ${JSON.stringify(statements)}) await knex.raw(sql); }
export async function down() {}
`,
    );
    expect(await problemsOf(() => up())).toMatchObject([
      { code: "migration.failed", hint: expect.stringMatching(advice[family]) as string },
    ]);
  });

  it("says that what ran outside a transaction stays", async () => {
    const text = `${createTable("half").replace("});\n}", '});\n  throw new Error("enough.");\n}')}
export const config = { transaction: false };`;
    project.write(`migrations/${users}`, text);
    const [problem] = await problemsOf(() => up());
    expect(problem?.message).toBe(`The migration "${users}" failed: enough.`);
    expect(problem?.hint).toMatch("stays, and the next run begins anew. Take that back by hand, then run");
    expect(problem?.location?.line).toBe(7);
    expect(await readTables()).toEqual({ half: true });
    expect(await project.inspect((knex) => knex("knex_migrations_lock").pluck("is_locked"))).toEqual([0]);
  });

  it("says that the next run goes on where one failed that can be repeated", async () => {
    const text = `${createTable("half").replace("});\n}", '});\n  throw new Error("enough.");\n}')}
export const config = { transaction: false, repeatable: true };`;
    project.write(`migrations/${users}`, text);
    const [problem] = await problemsOf(() => up());
    expect(problem?.hint).toMatch(
      "goes on from there. Correct what the statement met, then run: npx ashlar migrate",
    );
  });

  it("waits for no lock that a killed run left, and says how to free it", async () => {
    await up({ step: 1 });
    await project.inspect((knex) => knex("knex_migrations_lock").update({ is_locked: 1 }));
    const [problem] = await problemsOf(() => up());
    expect(problem?.code).toBe("migration.locked");
    expect(problem?.hint).toContain("update knex_migrations_lock set is_locked = 0");
    expect(await readTables()).toEqual({ users: true });
  });

  it("refuses to go on where a file that has run is not there", async () => {
    await up();
    project.remove(`migrations/${users}`);
    project.remove(`migrations/${tasks}`);
    project.write(`migrations/${tasks.replace(".ts", ".js")}`, "");
    expect(await problemsOf(() => up())).toMatchObject([
      { code: "migration.file.missing", message: expect.stringContaining(`"${users}"`) as string },
      { code: "migration.file.missing", message: expect.stringContaining("20260102_tasks.js") as string },
    ]);
    expect(await problemsOf(() => down())).toHaveLength(2);
  });
});
