import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Knex } from "knex";
import { migrate, rollback } from "../../../src/host/migrate/migrator.js";
import { readStatus } from "../../../src/host/migrate/status.js";
import { bundleMigrator, type KillableProcesses } from "./killable-process.js";
import { createProject, type TestProject } from "./project.js";

const rounds = 15;

let processes: KillableProcesses;
beforeAll(async () => {
  processes = await bundleMigrator();
});
afterAll(() => processes.remove());

let project: TestProject;
afterEach(() => project.close());

type Kind = "postgres" | "sqlite";

function writeStatements(statements: readonly string[]): string {
  return statements
    .map(
      (sql) =>
        `  await knex.raw(${JSON.stringify(sql)});\n  await new Promise((done) => setTimeout(done, 12));\n`,
    )
    .join("");
}

function writeMigration(up: readonly string[], down: readonly string[], tail = ""): string {
  return `export async function up(knex: any): Promise<void> {\n${writeStatements(up)}}
export async function down(knex: any): Promise<void> {\n${writeStatements(down)}}\n${tail}`;
}

const outside = "export const config = { transaction: false };\n";

/** In turn within a transaction and outside, where each can be repeated. */
function writeMigrations(kind: Kind): void {
  const concurrently = kind === "postgres" ? "concurrently " : "";
  const files = [
    writeMigration(
      ["create table users (id integer primary key, name text)", "insert into users values (1, 'Ada')"],
      ["drop table users"],
    ),
    writeMigration(
      [
        `drop index ${concurrently}if exists users_name`,
        `create index ${concurrently}users_name on users (name)`,
        `drop index ${concurrently}if exists users_both`,
        `create index ${concurrently}users_both on users (id, name)`,
      ],
      [`drop index ${concurrently}if exists users_both`, `drop index ${concurrently}if exists users_name`],
      outside,
    ),
    writeMigration(
      ["create table tasks (id integer primary key)", "alter table tasks add column title text"],
      ["drop table tasks"],
    ),
    writeMigration(
      [
        "create table if not exists notes (id integer primary key)",
        "insert into notes values (1) on conflict do nothing",
        "insert into notes values (2) on conflict do nothing",
      ],
      ["drop table if exists notes"],
      outside,
    ),
    writeMigration(["insert into tasks (id) select id from notes"], ["delete from tasks"]),
  ];
  files.forEach((text, index) => project.write(`migrations/${index + 1}.ts`, text));
}

interface State {
  readonly schema: unknown;
  readonly rows: unknown;
  readonly records: unknown;
  readonly hashes: unknown;
  readonly lock: unknown;
}

function readSchema(kind: Kind, knex: Knex): Promise<unknown> {
  if (kind === "sqlite") return knex("sqlite_master").select("type", "name", "sql").orderBy("name");
  return knex("pg_class")
    .leftJoin("pg_index", "indexrelid", "pg_class.oid")
    .leftJoin("pg_attribute", "attrelid", "pg_class.oid")
    .whereRaw("relnamespace = 'public'::regnamespace and (attnum is null or attnum > 0)")
    .select("relname", "relkind", "indisvalid", "attname")
    .orderBy(["relname", "attnum"]);
}

function readState(kind: Kind): Promise<State> {
  return project.inspect(async (knex) => ({
    schema: await readSchema(kind, knex),
    rows: [await knex("users"), await knex("tasks").orderBy("id"), await knex("notes").orderBy("id")],
    records: await knex("knex_migrations").orderBy("id").pluck("name"),
    hashes: await knex("knex_migrations_hashes")
      .whereNotNull("applied_at")
      .orderBy("name")
      .select("name", "hash"),
    lock: await knex("knex_migrations_lock").pluck("is_locked"),
  }));
}

async function empty(kind: Kind): Promise<void> {
  if (kind === "postgres") {
    await project.inspect((knex) => knex.raw("drop schema public cascade; create schema public"));
    return;
  }
  for (const suffix of ["", "-wal", "-shm"]) {
    try {
      project.remove(`data.sqlite${suffix}`);
    } catch {
      // It is not there.
    }
  }
}

describe.each(["postgres", "sqlite"] as const)("migrating on %s, killed at any moment", (kind) => {
  it("is mended by the next run, which leaves what an undisturbed one does", async () => {
    project = await createProject(kind);
    writeMigrations(kind);
    const duration = await processes.measure("migrate", project.options);
    const undisturbed = await readState(kind);
    for (let round = 0; round < rounds; round += 1) {
      await empty(kind);
      const after = Math.random() * duration;
      await processes.kill("migrate", project.options, after);
      await migrate(project.options);
      expect({ after, ...(await readState(kind)) }).toEqual({ after, ...undisturbed });
    }
  });

  it("can be undone to the end and run again, where undoing was killed", async () => {
    project = await createProject(kind);
    writeMigrations(kind);
    await migrate(project.options);
    const undisturbed = await readState(kind);
    const options = { ...project.options, all: true };
    const duration = await processes.measure("rollback", options);
    for (let round = 0; round < rounds / 3; round += 1) {
      await migrate(project.options);
      const after = Math.random() * duration;
      await processes.kill("rollback", options, after);
      await rollback(options);
      const states = (await readStatus(project.options)).map(({ state }) => state);
      expect({ after, states }).toEqual({ after, states: Array(5).fill("pending") });
      await migrate(project.options);
      expect({ after, ...(await readState(kind)) }).toEqual({ after, ...undisturbed });
    }
  });
});
