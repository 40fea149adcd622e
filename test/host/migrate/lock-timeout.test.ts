import knexModule, { type Knex } from "knex";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { LockRetry } from "../../../src/host/migrate/lock-timeout.js";
import { migrate } from "../../../src/host/migrate/migrator.js";
import { listSessionSettings } from "../../../src/host/migrate/session-settings.js";
import { createProject, createTable, type TestProject } from "./project.js";
import { problemsOf } from "./problems.js";

let project: TestProject;
let other: Knex;
beforeEach(async () => {
  project = await createProject("postgres");
  project.write("migrations/1.ts", createTable("users"));
  await migrate(project.options);
  other = knexModule.knex({ client: "pg", connection: project.connection ?? {} });
});
afterEach(async () => {
  await other.destroy();
  project.close();
});

/** A session that reads from the table in a transaction that stays open. */
async function hold(table: string): Promise<Knex.Transaction> {
  const transaction = await other.transaction();
  await transaction.raw("set application_name = 'a long report'");
  await transaction(table);
  return transaction;
}

function writeChange(extra = ""): void {
  project.write(
    "migrations/2.ts",
    `export const up = async (knex: any) => {
  await knex.schema.createTable("first", (table: any) => table.increments("id"));
  await knex.raw("alter table users add column name text");
};
export const down = async () => {};
${extra}`,
  );
}

describe("a migration on PostgreSQL that needs a lock which another session has", () => {
  it("gives up, lets others pass, and is run again until it gets the lock", async () => {
    writeChange();
    const transaction = await hold("users");
    const retries: LockRetry[] = [];
    const onRetry = (retry: LockRetry): void => {
      retries.push(retry);
      if (retries.length === 2) void transaction.rollback();
    };
    expect(await migrate({ ...project.options, lockTimeout: 100, onRetry })).toMatchObject([
      { name: "2.ts" },
    ]);
    expect(retries).toMatchObject([
      { name: "2.ts", left: 4, blocker: expect.stringContaining("a long report") as string },
      { name: "2.ts", left: 3 },
    ]);
  });

  it("is undone in the end, and says who has a transaction open", async () => {
    writeChange();
    const transaction = await hold("users");
    const [problem] = await problemsOf(() => migrate({ ...project.options, lockTimeout: 20 }));
    await transaction.rollback();
    expect(problem).toMatchObject({ code: "migration.lock.timeout", location: { path: "migrations/2.ts" } });
    expect(problem?.message).toContain("canceling statement due to lock timeout");
    expect(problem?.hint).toMatch(/\(a long report\), idle in transaction, .* The database is as it was/);
    expect(await project.inspect((knex) => knex.schema.hasTable("first"))).toBe(false);
    expect(await project.inspect((knex) => knex("knex_migrations_lock").pluck("is_locked"))).toEqual([0]);
  });

  it("is waited for without end where the timeout is off", async () => {
    writeChange();
    const transaction = await hold("users");
    const run = migrate({ ...project.options, lockTimeout: 0 });
    for (;;) {
      const waiting = await other("pg_stat_activity").where({ wait_event_type: "Lock" }).pluck("pid");
      if (waiting.length > 0) break;
    }
    await transaction.rollback();
    expect(await run).toMatchObject([{ name: "2.ts" }]);
  });

  it("waits outside a transaction, for an index that is built concurrently keeps nobody waiting", async () => {
    project.write(
      "migrations/2.ts",
      `export const up = (knex: any) => knex.raw("create index concurrently users_id on users (id)");
export const down = async () => {};
export const config = { transaction: false };`,
    );
    const transaction = await hold("users");
    await transaction("users").insert({ id: 1 });
    const run = migrate({ ...project.options, lockTimeout: 10 });
    for (;;) {
      const waiting = await other("pg_stat_activity").where({ wait_event_type: "Lock" }).pluck("pid");
      if (waiting.length > 0) break;
    }
    await other.raw("select pg_sleep(0.1)");
    await transaction.commit();
    expect(await run).toMatchObject([{ name: "2.ts" }]);
  });

  it("is run again outside of a transaction too where it says that it can be", async () => {
    project.write(
      "migrations/2.ts",
      `export const up = (knex: any) => knex.transaction(async (knex: any) => {
  await knex.raw("set local lock_timeout = '50ms'");
  await knex.raw("alter table users add column name text");
});
export const down = async () => {};
export const config = { transaction: false, repeatable: true };`,
    );
    const transaction = await hold("users");
    const retries: LockRetry[] = [];
    const onRetry = (retry: LockRetry): void => {
      retries.push(retry);
      if (retries.length === 2) void transaction.rollback();
    };
    expect(await migrate({ ...project.options, lockTimeout: 100, onRetry })).toMatchObject([
      { name: "2.ts" },
    ]);
    expect(retries.length).toBeGreaterThanOrEqual(2);
  });
});

describe("the settings of a migration's session", () => {
  it("are those that are shown", async () => {
    project.write(
      "migrations/2.ts",
      `export const up = async (knex: any) => {
  const { rows } = await knex.raw("select current_setting('lock_timeout') as lock, current_setting('statement_timeout') as statement");
  if (rows[0].lock !== "7s" || rows[0].statement !== "0") throw new Error(JSON.stringify(rows));
};
export const down = async () => {};`,
    );
    project.write(
      "migrations/3.ts",
      `export const up = async (knex: any) => {
  const { rows } = await knex.raw("select name, setting from pg_settings where name in ('lock_timeout', 'statement_timeout', 'client_connection_check_interval') order by name");
  if (rows.map((row: any) => row.setting).join() !== "1000,0,0") throw new Error(JSON.stringify(rows));
};
export const down = async () => {};
export const config = { transaction: false };`,
    );
    await other.raw(`alter database "${String(await readDatabase())}" set statement_timeout = '1min'`);
    expect(await migrate({ ...project.options, lockTimeout: 7000 })).toHaveLength(2);
    expect(listSessionSettings({ transaction: true, lockTimeout: 7000 })).toEqual([
      "set local lock_timeout = '7000ms'",
      "set local statement_timeout = 0",
    ]);
    expect(listSessionSettings({ transaction: true, lockTimeout: 0 })[0]).toBe("set local lock_timeout = 0");
    expect(listSessionSettings({ transaction: false, lockTimeout: 7000 })[0]).toBe("set lock_timeout = 0");
  });

  it("come after what the project does with a connection itself", async () => {
    project.write(
      "knexfile.ts",
      `export default { client: "pg", connection: ${JSON.stringify(project.connection)}, pool: { afterCreate: (connection: any, done: any) =>
        connection.query("set lock_timeout = 9; set application_name = 'shop'", (error: any) => done(error, connection)) } };`,
    );
    project.write(
      "migrations/2.ts",
      `export const up = async (knex: any) => {
  const { rows } = await knex.raw("select current_setting('lock_timeout') as lock, current_setting('application_name') as name");
  if (rows[0].lock !== "0" || rows[0].name !== "shop") throw new Error(JSON.stringify(rows));
};
export const down = async () => {};
export const config = { transaction: false };`,
    );
    expect(await migrate(project.options)).toHaveLength(1);
  });
});

async function readDatabase(): Promise<unknown> {
  const { rows }: { rows: { name: string }[] } = await other.raw("select current_database() as name");
  return rows[0]?.name;
}
