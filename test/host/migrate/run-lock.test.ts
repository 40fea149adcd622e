import { writeFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Knex } from "knex";
import { afterEach, describe, expect, it } from "vitest";
import { migrate } from "../../../src/host/migrate/migrator.js";
import { createProject, createTable, type TestProject } from "./project.js";
import { problemsOf } from "./problems.js";

let project: TestProject;

/** Runs that overlap in one process leave the working folder to each other. */
const folder = process.cwd();
afterEach(() => {
  process.chdir(folder);
  project.close();
});

/** A migration that goes on only when the file "go" is there. */
function createGate(table: string, tail = ""): string {
  const go = JSON.stringify(join(project.root, "go"));
  const wait = `const { existsSync } = await import("node:fs");
  while (!existsSync(${go})) await new Promise((done) => setTimeout(done, 10));
  await knex.schema`;
  return createTable(table).replace("await knex.schema", wait) + tail;
}

function open(): void {
  writeFileSync(join(project.root, "go"), "");
}

/** Starts a run and gives back when a migration of it has begun. */
async function startRun(): Promise<{ readonly ended: Promise<readonly { name: string }[]> }> {
  let begin = (): void => {};
  const begun = new Promise<void>((done) => (begin = done));
  const ended = migrate({ ...project.options, onStart: () => begin() });
  await Promise.race([begun, ended]);
  return { ended };
}

describe.each(["postgres", "sqlite"] as const)("a second run of migrations, on %s", (kind) => {
  it("waits for the first, says for whom, and finds nothing to do", async () => {
    project = await createProject(kind);
    project.write("migrations/1.ts", createGate("users"));
    const first = await startRun();
    const waiting: string[] = [];
    const onWait = (holder: string): void => {
      waiting.push(holder);
      open();
    };
    expect(await migrate({ ...project.options, onWait })).toEqual([]);
    expect(await first.ended).toMatchObject([{ name: "1.ts" }]);
    expect(waiting).toEqual([expect.stringContaining(`process`)]);
    expect(waiting[0]).toContain(String(process.pid));
  });

  it("gives up after a while, naming the first", async () => {
    project = await createProject(kind);
    project.write("migrations/1.ts", createGate("users"));
    const first = await startRun();
    const [problem] = await problemsOf(() => migrate({ ...project.options, maximumWait: 200 }));
    open();
    await first.ended;
    expect(problem).toMatchObject({
      code: "migration.locked",
      hint: expect.stringContaining("--wait") as string,
    });
    expect(problem?.message).toContain(String(process.pid));
  });
});

describe("the lock on PostgreSQL", () => {
  it("is held in no snapshot, for which an index that is built concurrently would wait", async () => {
    project = await createProject("postgres");
    project.write("migrations/1.ts", createTable("users"));
    await migrate(project.options);
    const build = `await knex.raw("create index concurrently users_id on users (id)")`;
    project.write(
      "migrations/2.ts",
      createGate("unused", "export const config = { transaction: false };").replace(
        /await knex\.schema\.createTable[\s\S]*?\}\);/,
        build,
      ),
    );
    const first = await startRun();
    const second = migrate(project.options);
    await setTimeout(300);
    open();
    expect(await first.ended).toHaveLength(1);
    expect(await second).toEqual([]);
  });

  it("needs no connection of a pool that has one", async () => {
    project = await createProject("postgres");
    project.write("migrations/1.ts", createTable("users"));
    project.write("knexfile.ts", limitPool(project));
    expect(await migrate(project.options)).toHaveLength(1);
  });

  it("that is lost stops the run before the next migration", async () => {
    project = await createProject("postgres");
    project.write("migrations/1.ts", createGate("users"));
    project.write("migrations/2.ts", createTable("tasks"));
    const first = await startRun();
    await project.inspect(endLockSession);
    open();
    expect(await problemsOf(() => first.ended)).toMatchObject([{ code: "migration.lock.lost" }]);
    rmSync(join(project.root, "go"));
    open();
    expect(await migrate(project.options)).toMatchObject([{ name: "2.ts" }]);
  });

  it("is one for each table of migrations", async () => {
    project = await createProject("postgres");
    project.write("migrations/1.ts", createGate("users"));
    const first = await startRun();
    project.write("others/1.ts", createTable("others"));
    const text = limitPool(project).replace(
      "pool:",
      'migrations: { directory: "./others", tableName: "other_migrations" }, pool:',
    );
    project.write("other-knexfile.ts", text);
    expect(await migrate({ ...project.options, knexfile: "other-knexfile.ts" })).toHaveLength(1);
    open();
    await first.ended;
  });
});

async function endLockSession(knex: Knex): Promise<void> {
  const locks = knex("pg_locks").where({ locktype: "advisory" }).select("pid");
  await knex("pg_stat_activity").whereIn("pid", locks).select(knex.raw("pg_terminate_backend(pid)"));
}

function limitPool({ connection }: TestProject): string {
  return `export default { client: "pg", connection: ${JSON.stringify(connection)}, pool: { min: 0, max: 1 } };`;
}
