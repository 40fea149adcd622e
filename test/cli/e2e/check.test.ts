import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openPostgres } from "../../databases/engines.js";
import { readWholeTree } from "../../host/temporary-project.js";
import { runAshlar } from "./command-line.js";
import { addAttribute, createProject, edit, generate, sayAll } from "./migrated-project.js";

async function createMigrated(): Promise<string> {
  const cwd = createProject();
  await generate(cwd, "create_all");
  return cwd;
}

interface Said {
  readonly parts: readonly { readonly part: string; readonly skipped?: string }[];
  readonly problems: readonly { readonly code: string; readonly message: string }[];
}

/** A resource that migrations leave alone, and one that has no snapshot. */
const logs = `import { domain, integerPrimaryKey, resource } from "ashlar";

class Log extends resource({ table: "logs", managed: false, attributes: { id: integerPrimaryKey() } }) {}
class Report extends resource({ table: "reports", attributes: { id: integerPrimaryKey() } }) {}
export const Logs = domain("Logs", { resources: [Log, Report] });
`;

/** The codes of what is wrong; the exit code has to fit. */
async function check(cwd: string, ...flags: readonly string[]): Promise<readonly string[]> {
  const { exitCode, stdout, stderr } = await runAshlar(["check", "--json", ...flags], { cwd });
  if (!stdout.startsWith("{")) throw new Error(stderr);
  const { problems } = JSON.parse(stdout) as Said;
  expect(exitCode).toBe(problems.length === 0 ? 0 : 1);
  return problems.map(({ code }) => code);
}

test("a project where all fits is told so, part by part, without a database, and stays as it is", async () => {
  const cwd = await createMigrated();
  const before = readWholeTree(join(cwd, "src"));
  const { exitCode, stdout } = await runAshlar(["check"], { cwd });
  expect(stdout).toBe(
    "        ok  definitions\n        ok  migrations and snapshots\n        ok  resources against snapshots\n",
  );
  expect(exitCode).toBe(0);
  expect(readWholeTree(join(cwd, "src"))).toEqual(before);
});

test("what the resources ask for and no migration does is said in words", async () => {
  const cwd = await createMigrated();
  addAttribute(cwd, "nickname");
  const said = await runAshlar(["check"], { cwd });
  expect(sayAll(said)).toMatch(/^1\n/);
  expect(said.stderr).toContain(
    'No migration does yet what the resources ask of "users": add the column "users.nickname".',
  );
  expect(said.stderr).toContain("Write it: npx ashlar gen migrations.");
});

test("definitions that cannot work are told, and what needs them is skipped", async () => {
  const cwd = await createMigrated();
  edit(cwd, "src/accounts/user.ts", (text) => text.replace('["email"]', '["mail"]'));
  const { exitCode, stdout, stderr } = await runAshlar(["check"], { cwd });
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/wrong {2}definitions: \d+ problem/);
  expect(stdout).toContain("skipped  resources against snapshots");
  expect(stderr).toContain('"mail"');
});

test("a snapshot that was edited, a conflict in one, and a migration for development are found", async () => {
  const cwd = await createMigrated();
  edit(cwd, "migrations/snapshot/users.json", (text) =>
    text.replace('"nullable": true', '"nullable": false'),
  );
  expect(await check(cwd)).toEqual(["check.snapshot.edited", "check.pending"]);
  edit(cwd, "migrations/snapshot/tasks.json", (text) => `<<<<<<< HEAD\n${text}`);
  expect(await check(cwd)).toEqual(["check.conflict"]);
  const dev = createProject();
  await runAshlar(["gen", "migrations", "--dev", "--no-proof"], { cwd: dev });
  expect(await check(dev)).toEqual(["check.development"]);
});

test("the live database is asked when it is wanted: missing, pending, drifted", async () => {
  const cwd = await createMigrated();
  expect(await check(cwd, "--database")).toEqual(["check.database.missing"]);
  await runAshlar(["setup"], { cwd });
  expect(await check(cwd, "--database")).toEqual([]);
  addAttribute(cwd, "nickname");
  await generate(cwd, "add_nickname");
  expect(await check(cwd, "--database")).toEqual(["check.database.pending"]);
  await runAshlar(["migrate"], { cwd });
  mkdirSync(join(cwd, "seeds"));
  const drift = `export const seed = async (knex) => {
  await knex.raw("alter table users drop column nickname");
  for (const name of ["notes", "logs", "reports"]) await knex.raw("create table " + name + " (id integer primary key)");
};\n`;
  writeFileSync(join(cwd, "seeds/drift.ts"), drift);
  await runAshlar(["reset", "--yes"], { cwd });
  writeFileSync(join(cwd, "src/works/logs.ts"), logs);
  const { stderr } = await runAshlar(["check", "--database"], { cwd });
  expect(stderr).toContain('The column "nickname" of "users" is missing.');
  expect(stderr).toContain('The database has tables that no resource declares: "notes".');
  expect(stderr).toContain('The database has tables of resources that have no snapshot: "reports".');
});

test("what another branch's migration did, whose files are not here, is no change by hand", async () => {
  const cwd = await createMigrated();
  await runAshlar(["setup"], { cwd });
  const here = ["src", "migrations"].map((folder) => join(cwd, folder));
  for (const path of here) cpSync(path, `${path}-here`, { recursive: true });
  addAttribute(cwd, "nickname");
  await generate(cwd, "add_nickname");
  await runAshlar(["migrate"], { cwd });
  for (const path of here) {
    rmSync(path, { recursive: true });
    renameSync(`${path}-here`, path);
  }
  expect(await check(cwd, "--database")).toEqual(["migration.file.missing", "check.database.difference"]);
  const { stderr } = await runAshlar(["check", "--database"], { cwd });
  expect(stderr).toMatch(/has the column "nickname" too many\..*\n.*is not there may have made it so/);
});

test("every migration is run up, down and up when that is wanted, and one that does not fit is named", async () => {
  const cwd = await createMigrated();
  expect(await check(cwd, "--prove")).toEqual([]);
  const byHand = `export const up = (knex) => knex.schema.alterTable("users", (table) => table.dropColumn("name"));
export const down = (knex) => knex.schema.alterTable("users", (table) => table.string("name"));
`;
  writeFileSync(join(cwd, "migrations/29990101000000_by_hand.ts"), byHand);
  expect(await check(cwd, "--prove")).toContain("proof.failed");
});

test("two branches that changed a table are both named, until they are proved to fit together", async () => {
  const cwd = await createMigrated();
  const snapshot = readFileSync(join(cwd, "migrations/snapshot/users.json"), "utf8");
  addAttribute(cwd, "nickname");
  await generate(cwd, "add_nickname");
  edit(cwd, "src/accounts/user.ts", (text) => text.replace("    nickname: string(),\n", ""));
  edit(cwd, "migrations/snapshot/users.json", () => snapshot);
  addAttribute(cwd, "motto");
  edit(cwd, "src/accounts/user.ts", (text) => text.replace("name: string()", 'name: string().default("?")'));
  await generate(cwd, "add_motto");
  edit(cwd, "src/accounts/user.ts", (text) => text.replace("motto:", "nickname: string(),\n    motto:"));
  edit(cwd, "migrations/snapshot/users.json", (text) => {
    const { columns, ...rest } = JSON.parse(text) as { columns: Record<string, object> };
    return JSON.stringify({ ...rest, columns: { ...columns, nickname: columns["motto"] } });
  });
  const { exitCode, stderr } = await runAshlar(["check"], { cwd });
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/"\d+_add_nickname" and "\d+_add_motto" both change the table "users"/);
  expect(await check(cwd, "--prove")).toEqual([]);
});

test(
  "on PostgreSQL what the database writes its own way is no difference",
  { timeout: 240_000 },
  async () => {
    const server = await openPostgres();
    const knexfile = `export default { client: "pg", connection: ${JSON.stringify(server.connection)} };\n`;
    const cwd = createProject({ "knexfile.ts": knexfile });
    edit(cwd, "src/accounts/user.ts", (text) =>
      text.replace(
        'identities: { uniqueEmail: ["email"] },',
        `identities: { uniqueEmail: { attributes: ["email"], where: "name is not null and email <> 'x'" } },
  checks: { short: "length(email) < 200 and name <> email" },
  indexes: { byLower: { on: [{ sql: "lower(email)" }] } },`,
      ),
    );
    await generate(cwd, "create_all");
    await runAshlar(["migrate"], { cwd });
    expect(await check(cwd, "--database")).toEqual([]);
    await server.knex.raw("alter table users drop constraint users_short_check");
    expect(await check(cwd, "--database")).toEqual(["check.database.difference"]);
    await server.close();
  },
);
