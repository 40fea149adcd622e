import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { createProjectFolder } from "../../host/temporary-project.js";
import { runAshlar, type CommandResult } from "./command-line.js";
import { openTerminal } from "./tmux.js";

const knexfile = `import { SqliteClient } from "ashlar/sqlite";

export default {
  client: SqliteClient,
  connection: { filename: "./data.sqlite" },
  migrations: { directory: "./migrations", extension: "ts" },
  useNullAsDefault: true,
};
`;

function renderMigration(table: string, extra = ""): string {
  return `import type { Knex } from "knex";

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable("${table}", (table) => table.integer("id").primary());${extra}
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable("${table}");
}
`;
}

const files = {
  "package.json": `{ "name": "shop", "type": "module" }\n`,
  "knexfile.ts": knexfile,
  "migrations/20260101000000_create_users.ts": renderMigration("users"),
  "migrations/20260102000000_create_tasks.ts": renderMigration("tasks"),
};

/** A project with a database of its own and the packages of this one. */
function createDatabaseProject(more: Readonly<Record<string, string>> = {}): string {
  const root = createProjectFolder({ ...files, ...more });
  const modules = join(root, "node_modules");
  mkdirSync(modules);
  for (const name of ["knex", "libsql"]) symlinkSync(resolve("node_modules", name), join(modules, name));
  symlinkSync(resolve("."), join(modules, "ashlar"));
  return root;
}

/** What was printed, without the times. */
function hideTimes({ stdout }: CommandResult): string {
  return stdout
    .replace(/\d+(?:\.\d+)? m?s\n/g, "<time>\n")
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, "<when>");
}

test("migrate prints each migration with its time, and again says that there is nothing to do", async () => {
  const cwd = createDatabaseProject();
  const first = await runAshlar(["migrate"], { cwd });
  expect(hideTimes(first)).toBe(
    "  migrated  20260101000000_create_users.ts  <time>\n  migrated  20260102000000_create_tasks.ts  <time>\n",
  );
  expect(first).toMatchObject({ exitCode: 0, stderr: "" });
  const again = await runAshlar(["migrate"], { cwd });
  expect(again).toMatchObject({ exitCode: 0, stdout: "" });
  expect(again.stderr).toContain("Nothing to migrate: every migration has run.");
});

test("how far to go is obeyed in both directions, and status tells where one is", async () => {
  const cwd = createDatabaseProject();
  await runAshlar(["migrate", "--step", "1"], { cwd });
  const status = await runAshlar(["status"], { cwd });
  expect(hideTimes(status).trim().split("\n")).toEqual([
    "state    batch  ran                  migration",
    "  applied  1      <when>  20260101000000_create_users.ts",
    "  pending                              20260102000000_create_tasks.ts",
  ]);
  expect(status.stderr).toContain("Next: npx ashlar migrate");
  await runAshlar(["migrate", "--to", "20260102"], { cwd });
  expect(hideTimes(await runAshlar(["rollback"], { cwd }))).toBe(
    "    undone  20260102000000_create_tasks.ts  <time>\n",
  );
  await runAshlar(["migrate"], { cwd });
  expect(hideTimes(await runAshlar(["rollback", "--all"], { cwd }))).toBe(
    "    undone  20260102000000_create_tasks.ts  <time>\n    undone  20260101000000_create_users.ts  <time>\n",
  );
  expect((await runAshlar(["rollback"], { cwd })).stderr).toContain("Nothing to undo.");
});

test("a migration that fails is named with what the database said, the statement and the line", async () => {
  const extra = `\n  await knex("absent").insert({ id: 1 });`;
  const cwd = createDatabaseProject({
    "migrations/20260103000000_broken.ts": renderMigration("notes", extra),
  });
  const { exitCode, stdout, stderr } = await runAshlar(["migrate"], { cwd });
  expect(exitCode).toBe(1);
  expect(stdout.match(/migrated/g)).toHaveLength(2);
  expect(stderr).toContain('The migration "20260103000000_broken.ts" failed');
  expect(stderr).toContain("no such table: absent");
  expect(stderr).toContain("insert into `absent`");
  expect(stderr).toMatch(/at migrations\/20260103000000_broken\.ts:5:\d+/);
  expect((await runAshlar(["status"], { cwd })).stdout).toMatch(/pending +20260103000000_broken\.ts/);
});

test("with --json what was run is data, also where the next one failed", async () => {
  const cwd = createDatabaseProject({
    "migrations/20260103000000_broken.ts": renderMigration("users"),
  });
  const { exitCode, stdout, stderr } = await runAshlar(["migrate", "--json"], { cwd });
  expect(exitCode).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    ran: [
      { name: "20260101000000_create_users.ts", milliseconds: expect.any(Number) as number },
      { name: "20260102000000_create_tasks.ts" },
    ],
    problems: [{ code: "migration.table.exists" }],
  });
  expect(stderr).toContain('The migration "20260103000000_broken.ts" failed');
  const undone = await runAshlar(["rollback", "--json", "--step", "1"], { cwd });
  expect(JSON.parse(undone.stdout)).toMatchObject({ ran: [{ name: "20260102000000_create_tasks.ts" }] });
  expect((await runAshlar(["status", "--check"], { cwd })).exitCode).toBe(3);
  const status = await runAshlar(["status", "--json"], { cwd });
  expect(status.exitCode).toBe(0);
  expect(JSON.parse(status.stdout)).toMatchObject({
    migrations: [{ state: "applied", batch: 1 }, { state: "pending" }, { state: "pending" }],
  });
});

test("an edited file stops a run, and status says what to do", async () => {
  const cwd = createDatabaseProject();
  await runAshlar(["migrate"], { cwd });
  expect((await runAshlar(["status", "--check"], { cwd })).exitCode).toBe(0);
  writeFileSync(join(cwd, "migrations/20260101000000_create_users.ts"), renderMigration("people"));
  const { exitCode, stderr } = await runAshlar(["migrate"], { cwd });
  expect(exitCode).toBe(1);
  expect(stderr).toContain("migration.file.edited");
  const status = await runAshlar(["status"], { cwd });
  expect(status.stdout).toMatch(/edited +1 .*20260101000000_create_users\.ts/);
  expect(status.stderr).toContain("npx ashlar migrate --accept-edited");
  expect((await runAshlar(["migrate", "--accept-edited"], { cwd })).exitCode).toBe(0);
  expect((await runAshlar(["status", "--check"], { cwd })).exitCode).toBe(0);
});

test("a migration that nobody has is a wrong argument", async () => {
  const { exitCode, stderr } = await runAshlar(["migrate", "--to", "1999"], { cwd: createDatabaseProject() });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('"1999"');
});

test.each([
  ["runs", {}, 0],
  ["fails", { "migrations/20260103000000_broken.ts": renderMigration("users") }, 1],
])("at a terminal nothing of the progress is left behind when it %s", async (_name, more, exitCode) => {
  const terminal = openTerminal(createDatabaseProject(more));
  terminal.type("clear; ashlar migrate; echo exit $?");
  const screen = await terminal.see(/exit \d/);
  expect(screen).toMatch(/^ {2}migrated {2}20260101000000_create_users\.ts {2}\d/m);
  expect(screen).not.toContain("migrating");
  expect(screen).toContain(`exit ${exitCode}`);
});
