import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runAshlar } from "./command-line.js";
import { addAttribute, createProject, edit, generate, listMigrations } from "./migrated-project.js";

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
  expect(await run(cwd, "squash", "--force")).toMatch(/^0 /);
  expect(listMigrations(cwd)).toEqual(["squashed.ts"]);
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

/** The whole name of the migration that ends so, without `.ts`. */
function name(cwd: string, end: string): string {
  const found = readdirSync(join(cwd, "migrations")).find((each) => each.endsWith(`_${end}.ts`));
  return found?.replace(/\.ts$/, "") ?? "";
}
