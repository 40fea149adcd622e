import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import knexModule, { type Knex } from "knex";
import { describe, expect, onTestFinished, test } from "vitest";
import { SqliteClient } from "../../../src/databases/sqlite.js";
import { createExampleProject, runAshlar } from "./command-line.js";
import {
  addAttribute,
  createProject,
  edit,
  generate,
  linkPackages,
  listMigrations,
  sqliteKnexfile,
} from "./migrated-project.js";

async function createWithThree(): Promise<string> {
  const cwd = createProject();
  await generate(cwd, "create_all");
  for (const name of ["nickname", "motto"]) {
    addAttribute(cwd, name);
    await generate(cwd, `add_${name}`);
  }
  return cwd;
}

async function run(cwd: string, ...args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await runAshlar(args, { cwd });
  return `${String(exitCode)} ${stdout}${stderr}`;
}

test("a squash makes the same schema anew, and a database that has run its migrations runs nothing", async () => {
  const cwd = await createWithThree();
  await run(cwd, "setup");
  expect(await run(cwd, "squash", "--to", name(cwd, "add_nickname"))).toMatch(
    /^0 [^]*proved {2}up, down and up again on SQLite/,
  );
  expect(listMigrations(cwd)).toEqual(["squashed.ts", "add_motto.ts"]);
  expect(await run(cwd, "migrate")).toMatch(/Nothing to migrate/);
  const status = await run(cwd, "status");
  expect(status).toMatch(/applied[^\n]*squashed\.ts\n[^\n]*applied[^\n]*add_motto\.ts/);
  expect(await run(cwd, "check", "--database")).toMatch(/^0 /);
  expect(await run(cwd, "reset", "--yes")).toMatch(/migrated {2}\d+_squashed\.ts[^\n]*\n[^\n]*add_motto/);
  expect(await run(cwd, "check", "--database", "--prove")).toMatch(/^0 /);
  expect(await run(cwd, "rollback", "--step", "1")).toMatch(/undone {2}\d+_add_motto/);
});

test("a database that has run some of them is told to run the others first", async () => {
  const cwd = await createWithThree();
  await run(cwd, "migrate", "--step", "1");
  await run(cwd, "squash");
  const refused = await run(cwd, "migrate");
  expect(refused).toMatch(/^1 /);
  expect(refused).toMatch(/has run 1, but not "\d+_add_nickname\.ts", "\d+_add_motto\.ts"/);
});

test("what was written or edited by hand is not squashed, unless by force", async () => {
  const cwd = await createWithThree();
  const byHand = "export const up = async () => {};\nexport const down = async () => {};\n";
  writeFileSync(join(cwd, "migrations/20000101000000_by_hand.ts"), byHand);
  edit(
    cwd,
    `migrations/${name(cwd, "add_motto")}.ts`,
    (text) => text.replace("down", "down") + "\nvoid 0;\n",
  );
  const before = readdirSync(join(cwd, "migrations"));
  const refused = await run(cwd, "squash");
  expect(refused).toMatch(/^1 /);
  expect(refused).toContain('"20000101000000_by_hand.ts" was written by hand');
  expect(refused).toMatch(/add_motto\.ts" was edited by hand/);
  expect(readdirSync(join(cwd, "migrations"))).toEqual(before);
  expect(await run(cwd, "squash", "--force")).toMatch(/^0 [^]*compared[^]*the same schema and rows/);
  expect(listMigrations(cwd)).toEqual(["squashed.ts"]);
});

test("what new databases go without is told before it is squashed by force", async () => {
  const cwd = await createWithThree();
  const byHand = `export async function up(knex) {
  await knex.schema.createTable("roles", (table) => table.text("name"));
  await knex.raw("create view members as select id from users");
  await knex("users").insert({ id: "11111111-1111-4111-8111-111111111111", email: "root@example.org" });
}
export async function down() {}
`;
  writeFileSync(join(cwd, "migrations/30000101000000_by_hand.ts"), byHand);
  const before = readdirSync(join(cwd, "migrations"));
  const previewed = await run(cwd, "squash", "--force", "--dry-run");
  expect(previewed).toMatch(/^0 /);
  for (const what of ['the table "roles" is missing', 'the view "members" is missing', '"users" has no rows'])
    expect(previewed).toContain(`The squash does not lead to what the 4 migrations lead to: ${what}`);
  expect(previewed).not.toContain("the same schema");
  expect(readdirSync(join(cwd, "migrations"))).toEqual(before);
});

test("migrations that do not run any more are squashed by force, and that is told", async () => {
  const cwd = await createWithThree();
  const broken =
    'export async function up() { throw new Error("The server is gone."); }\nexport const down = up;\n';
  writeFileSync(join(cwd, "migrations/30000101000000_by_hand.ts"), broken);
  const forced = await run(cwd, "squash", "--force");
  expect(forced).toMatch(/^0 [^]*squash\.uncompared|^0 [^]*is not known, since one does not run/);
  expect(forced).toContain('"30000101000000_by_hand.ts": The server is gone.');
});

test("a squash that leads elsewhere than what it replaces is not made without force", async () => {
  const cwd = await createWithThree();
  // The snapshots say the same as ever, and so does the hash: somebody has put a file right with both.
  const nickname = `migrations/${name(cwd, "add_nickname")}.ts`;
  const history = nickname.replace("migrations/", "migrations/snapshot/history/").replace(".ts", ".json");
  edit(cwd, nickname, (text) => text.replace('table.string("nickname")', 'table.integer("nickname")'));
  edit(cwd, history, (text) => text.replace(/"files": \{[^}]*\},\s*/, ""));
  const refused = await run(cwd, "squash");
  expect(refused).toMatch(/^1 [^]*squash\.differs/);
  expect(refused).toMatch(/the column "nickname" of "users"/);
  expect(await run(cwd, "squash", "--force")).toMatch(/^0 [^]*the column "nickname" of "users"/);
});

test("a squash is not taken back by undo, and one migration is none to squash", async () => {
  const cwd = await createWithThree();
  await run(cwd, "squash", "--name", "start", "--no-proof");
  expect(readFileSync(join(cwd, "migrations", `${name(cwd, "start")}.ts`), "utf8")).toContain(
    "export const replaces = [",
  );
  expect(await run(cwd, "undo", "migration")).toContain("undo.squashed");
  expect(await run(cwd, "squash")).toMatch(/^1 [^]*There is only one migration/);
});

describe("in a project that began with a database", () => {
  /** The database has rows; a baseline stands for it, and three migrations come after that. */
  async function createImported(): Promise<string> {
    const cwd = createExampleProject({ "knexfile.ts": sqliteKnexfile });
    for (const path of ["src/accounts", "src/works", "migrations", "src/repo.ts"])
      rmSync(join(cwd, path), { recursive: true, force: true });
    mkdirSync(join(cwd, "migrations"));
    linkPackages(cwd);
    await inDatabase(cwd, async (knex) => {
      await knex.schema.createTable("users", (table) => {
        table.increments("id");
        table.text("name");
        table.text("legacy");
      });
      await knex("users").insert({ name: "Ada", legacy: "yes" });
    });
    expect(await run(cwd, "gen", "resources", "--from-database", "--domain", "Shop")).toMatch(/^0 /);
    return cwd;
  }

  async function addThree(cwd: string): Promise<void> {
    const file = "src/shop/user.ts";
    const generate = (name: string, ...flags: readonly string[]) =>
      run(cwd, "gen", "migrations", "--no-proof", "--name", name, ...flags);
    edit(cwd, file, (text) => text.replace(" name: text()", " fullName: text()"));
    expect(await generate("rename", "--rename", "users.name:full_name")).toMatch(/^0 /);
    edit(cwd, file, (text) => text.replace("legacy: text()", "legacy: text(),\n    age: text().required()"));
    expect(await generate("age", "--fill", "users.age='old'")).toMatch(/^0 /);
    edit(cwd, file, (text) => text.replace("    legacy: text(),\n", ""));
    expect(await generate("drop", "--allow-drop", "users.legacy")).toMatch(/^0 /);
  }

  function inDatabase<Result>(cwd: string, work: (knex: Knex) => Promise<Result>): Promise<Result> {
    const filename = join(cwd, "data.sqlite");
    const knex = knexModule.knex({ client: SqliteClient, connection: { filename } });
    return work(knex).finally(() => knex.destroy());
  }

  /** With the log that goes into the file when its last connection is closed, which may be later. */
  function dropDatabase(cwd: string): void {
    for (const suffix of ["-wal", "-shm", ""]) rmSync(join(cwd, `data.sqlite${suffix}`), { force: true });
  }

  const rows = (cwd: string) => inDatabase(cwd, (knex) => knex("users").select("full_name", "age"));

  test("what came after the baseline is squashed, and every database takes it", async () => {
    const cwd = await createImported();
    expect(await run(cwd, "migrate")).toMatch(/recorded {2}\d+_baseline/);
    const behind = `${cwd}-behind`;
    onTestFinished(() => rmSync(behind));
    await inDatabase(cwd, (knex) => knex.raw("vacuum into ?", [behind]));
    await addThree(cwd);
    expect(await run(cwd, "migrate")).toMatch(/^0 [^]*rename[^]*age[^]*drop/);

    const squashed = await run(cwd, "squash");
    expect(squashed).toMatch(
      /^0 [^]*compared {2}with what the 3 migrations lead to: the same schema and rows/,
    );
    expect(squashed).toMatch(/_baseline\.ts" stays as it is/);
    expect(listMigrations(cwd)).toEqual(["baseline.ts", "squashed.ts"]);
    expect(await run(cwd, "migrate")).toMatch(/Nothing to migrate/);
    expect(await run(cwd, "check", "--database", "--prove")).toMatch(/^0 /);
    expect(await rows(cwd)).toEqual([{ full_name: "Ada", age: "old" }]);

    // A database that has the baseline alone keeps its rows.
    dropDatabase(cwd);
    cpSync(behind, join(cwd, "data.sqlite"));
    expect(await run(cwd, "migrate")).toMatch(/^0 {3}migrated {2}\d+_squashed/);
    expect(await rows(cwd)).toEqual([{ full_name: "Ada", age: "old" }]);
    expect(await run(cwd, "rollback", "--step", "1")).toMatch(/undone {2}\d+_squashed/);

    dropDatabase(cwd);
    expect(await run(cwd, "migrate")).toMatch(/migrated {2}\d+_baseline[^\n]*\n[^\n]*_squashed/);
    expect(await run(cwd, "check", "--database")).toMatch(/^0 /);
  });
});

/** The whole name of the migration that ends so, without `.ts`. */
function name(cwd: string, end: string): string {
  const found = readdirSync(join(cwd, "migrations")).find((each) => each.endsWith(`_${end}.ts`));
  return found?.replace(/\.ts$/, "") ?? "";
}
