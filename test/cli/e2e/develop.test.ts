import { existsSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { databaseTimeout, openPostgres } from "../../databases/engines.js";
import { runAshlar } from "./command-line.js";
import { createProject, edit, sayAll } from "./migrated-project.js";
import { openTerminal } from "./tmux.js";

const migration = `export const up = (knex) => knex.schema.createTable("users", (table) => table.increments("id"));
export const down = (knex) => knex.schema.dropTable("users");
`;
const seed = `export const seed = (knex) => knex("users").insert({});\n`;
const files = { "migrations/20260101000000_create_users.ts": migration, "seeds/01_users.ts": seed };

test("setup makes the database, migrates and seeds it; again there is nothing to do", async () => {
  const cwd = createProject(files);
  const first = await runAshlar(["setup"], { cwd });
  expect(first.stdout).toMatch(
    /^ {3}created {2}the database ".*data\.sqlite"\n {2}migrated {2}2026\S+ .*\n {4}seeded {2}seeds\/01_users\.ts\n$/,
  );
  const again = await runAshlar(["setup"], { cwd });
  expect(again).toMatchObject({ exitCode: 0, stdout: "" });
  expect(again.stderr).toContain("Nothing to do: the database is there and migrated.");
});

test("with --json what was done is data, and nobody is asked", async () => {
  const cwd = createProject(files);
  const database = { kind: "sqlite", path: join(realpathSync(cwd), "data.sqlite") };
  const milliseconds = expect.any(Number) as number;
  const ran = [{ name: "20260101000000_create_users.ts", milliseconds }];
  const seeded = [{ name: "seeds/01_users.ts", milliseconds }];
  const run = async (...args: readonly string[]) => {
    const { exitCode, stdout } = await runAshlar([...args, "--json"], { cwd });
    return { exitCode, said: JSON.parse(stdout) as unknown };
  };
  expect(await run("setup")).toEqual({ exitCode: 0, said: { database, created: true, ran, seeded } });
  expect(await run("setup")).toEqual({
    exitCode: 0,
    said: { database, created: false, ran: [], seeded: [] },
  });
  expect(await run("reset")).toMatchObject({
    exitCode: 2,
    said: { database, problems: [{ code: "develop.unconfirmed" }] },
  });
  writeFileSync(join(cwd, "seeds/02_broken.ts"), seed.replace("users", "absent"));
  expect(await run("reset", "--yes")).toMatchObject({
    exitCode: 1,
    said: { database, dropped: true, created: true, ran, seeded, problems: [{ code: "seed.failed" }] },
  });
  expect(await run("drop", "--yes")).toEqual({ exitCode: 0, said: { database, dropped: true } });
  expect(await run("drop")).toEqual({ exitCode: 0, said: { database, dropped: false } });
});

test("no seed is run where the database had tables before it had migrations", async () => {
  const cwd = createProject({
    ...files,
    "seeds/01_users.ts": "export const seed = (knex) => knex('users').del();\n",
  });
  await runAshlar(["migrate"], { cwd });
  edit(cwd, "knexfile.ts", (text) => text.replace("extension:", 'tableName: "others", extension:'));
  edit(
    cwd,
    "migrations/20260101000000_create_users.ts",
    (text) => `${text}export const baseline = ["users"];\n`,
  );
  const { exitCode, stdout, stderr } = await runAshlar(["setup"], { cwd });
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^ {2}recorded {2}20260101000000_create_users\.ts[^\n]*\n$/);
  expect(stderr).toContain("No seed was run");
});

test("a seed that fails is named with its line", async () => {
  const cwd = createProject({ ...files, "seeds/02_broken.ts": `${seed.replace("users", "absent")}` });
  const { exitCode, stderr } = await runAshlar(["setup"], { cwd });
  expect(exitCode).toBe(1);
  expect(stderr).toContain('The seed "seeds/02_broken.ts" failed');
  expect(stderr).toContain("no such table: absent");
});

test("without a terminal drop and reset ask for --yes, and do nothing", async () => {
  const cwd = createProject(files);
  await runAshlar(["setup"], { cwd });
  for (const command of ["drop", "reset"]) {
    const result = await runAshlar([command], { cwd });
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toContain(`npx ashlar ${command} --yes`);
  }
  expect(existsSync(join(cwd, "data.sqlite"))).toBe(true);
});

test("reset makes the database anew, and drop leaves none", async () => {
  const cwd = createProject(files);
  await runAshlar(["setup"], { cwd });
  const reset = await runAshlar(["reset", "--yes"], { cwd });
  expect(reset.stdout).toMatch(/dropped.*\n.*created.*\n.*migrated.*\n.*seeded/);
  expect((await runAshlar(["drop", "--yes"], { cwd })).stdout).toContain("dropped  the database");
  expect(existsSync(join(cwd, "data.sqlite"))).toBe(false);
  const again = await runAshlar(["drop"], { cwd });
  expect(again.exitCode).toBe(0);
  expect(again.stderr).toContain("There is nothing to drop");
});

test.each(["setup", "drop", "reset"])("%s is refused in production, unless by force", async (command) => {
  const cwd = createProject(files);
  const env = { NODE_ENV: "production" };
  const yes = command === "setup" ? [] : ["--yes"];
  const refused = await runAshlar([command, ...yes], { cwd, env });
  expect(sayAll(refused)).toMatch(
    /^1\n[^]*does not look like one for development: the environment is "production"/,
  );
  expect(existsSync(join(cwd, "data.sqlite"))).toBe(false);
  expect((await runAshlar([command, "--force"], { cwd, env })).exitCode).toBe(0);
});

test("a database outside the project is left alone", async () => {
  const cwd = createProject(files);
  const elsewhere = createProject({
    "knexfile.ts": `import { SqliteClient } from "ashlar/sqlite";
export default { client: SqliteClient, connection: { filename: ${JSON.stringify(join(cwd, "data.sqlite"))} } };
`,
  });
  await runAshlar(["setup"], { cwd });
  const { exitCode, stderr } = await runAshlar(["drop", "--yes"], { cwd: elsewhere });
  expect(exitCode).toBe(1);
  expect(stderr).toContain("it lies outside the project");
  expect(existsSync(join(cwd, "data.sqlite"))).toBe(true);
});

test("at a terminal the question names the database; no deletes nothing", async () => {
  const cwd = createProject(files);
  await runAshlar(["setup"], { cwd });
  const terminal = openTerminal(cwd);
  terminal.type('ashlar drop; echo "exit $?"');
  await terminal.see(/Delete the database ".*\s*.*data\.sqlite" and\s+everything in it\?/);
  terminal.press("n");
  expect(await terminal.see(/exit \d/)).toMatch(/Nothing was deleted\.\s+exit 1/);
  expect(existsSync(join(cwd, "data.sqlite"))).toBe(true);
});

test(
  "on PostgreSQL the database is made and dropped through the server",
  { timeout: databaseTimeout * 2 },
  async () => {
    const server = await openPostgres();
    const connection = { ...(server.connection as object), database: "shop_dev" };
    const knexfile = `export default { client: "pg", connection: ${JSON.stringify(connection)} };\n`;
    const cwd = createProject({ ...files, "knexfile.ts": knexfile });
    expect((await runAshlar(["setup"], { cwd })).stdout).toMatch(
      /created {2}the database "shop_dev" at 127\.0\.0\.1:\d+\n.*migrated.*\n.*seeded/,
    );
    expect((await runAshlar(["reset", "--yes"], { cwd })).stdout).toMatch(
      /dropped.*\n.*created.*\n.*migrated/,
    );
    expect((await runAshlar(["drop", "--yes"], { cwd })).exitCode).toBe(0);
    const found = await server.knex("pg_database").where({ datname: "shop_dev" });
    expect(found).toEqual([]);
    await server.close();
  },
);
