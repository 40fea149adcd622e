import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { compareChains, type Comparison } from "../../../src/host/prove/compare-chains.js";
import { databaseKinds, databaseTimeout, type DatabaseKind } from "../../databases/engines.js";
import { startPostgres, type PostgresServer } from "../../databases/postgres-server.js";
import { after, before, indexNick, operations, writeMigration } from "./cases.js";

/** What `before` is, as somebody made it by hand. */
const baseline = `${writeMigration(
  `
  await knex.schema.createTable("users", (table) => {
    table.uuid("id").primary();
    table.string("email").notNullable().unique();
  });
  await knex.schema.createTable("posts", (table) => {
    table.uuid("id").primary();
    table.uuid("user_id").notNullable().references("id").inTable("users");
    table.text("title");
  });`,
  "",
)}\nexport const baseline = ["posts", "users"];\n`;

const addNick = 'await knex.schema.alterTable("users", (table) => { table.text("nick"); });';
const squash = writeMigration(`${addNick} ${indexNick}`, "");

let server: PostgresServer;
let url: string;
beforeAll(async () => {
  server = await startPostgres();
  const { user, password, host, port, database } = await server.createDatabase();
  url = `postgres://${user}:${password}@${host}:${port}/${database}`;
}, databaseTimeout);
afterAll(() => server.stop());

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ashlar-compare-chains-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function store(name: string, text: string) {
  const path = join(folder, name);
  writeFileSync(path, text);
  return { name, path };
}

/** The squash against migrations of these bodies, after the baseline. */
function compare(kind: DatabaseKind, ...bodies: readonly string[]): Promise<Comparison> {
  return compareChains({
    ...{ root: process.cwd(), database: kind, before, after, operations },
    ...(kind === "postgres" && { server: url }),
    first: [store("1_baseline.ts", baseline)],
    old: bodies.map((body, place) => store(`2_${place}.ts`, writeMigration(body, ""))),
    files: [{ name: "2_squashed.ts", text: squash }],
  });
}

async function listDifferences(kind: DatabaseKind, ...bodies: readonly string[]): Promise<readonly string[]> {
  const comparison = await compare(kind, ...bodies);
  return comparison.kind === "compared" ? comparison.differences : [comparison.reason];
}

describe.each(databaseKinds)(
  "a squash beside what it replaces, on %s",
  { timeout: databaseTimeout },
  (kind) => {
    it("leads to the same schema and rows", async () => {
      expect(await compare(kind, addNick, indexNick)).toEqual({ kind: "compared", differences: [], rows: 6 });
    });

    it("is told what it does not make, and what it makes too many", async () => {
      const others =
        kind === "sqlite"
          ? ['the view "names" is missing', 'the trigger "keep" is missing']
          : [
              "the view names is missing",
              "the function keep() is missing",
              "the type mood (bad, good) is missing",
            ];
      const make =
        kind === "sqlite"
          ? ["create trigger keep after update on users begin select 1; end"]
          : [
              "create type mood as enum ('bad', 'good')",
              "create function keep() returns int language sql as 'select 1'",
            ];
      const made = [
        ...make,
        "create view names as select email from users",
        "create table audit (note text)",
      ];
      const found = await listDifferences(
        kind,
        addNick,
        made.map((sql) => `await knex.raw(${JSON.stringify(sql)});`).join("\n"),
      );
      expect([...found].sort()).toEqual(
        [
          ...others,
          'the table "audit" is missing',
          '"users" has the index "users_nick_index" too many',
        ].sort(),
      );
    });

    it("is told of rows that they make or change", async () => {
      const found = await listDifferences(
        kind,
        addNick,
        `${indexNick} await knex("posts").del(); await knex("users").update({ nick: knex.ref("email") });`,
      );
      expect([...found].sort()).toEqual([
        '"posts" has 3 rows, where they leave 0',
        'the column "nick" of "users" has other values',
      ]);
    });

    it("is not told of values that are others each time", async () => {
      const fill = 'await knex("users").update({ nick: String(process.hrtime.bigint()) });';
      const dates = 'await knex("posts").update({ title: "again" });';
      expect(await listDifferences(kind, addNick, indexNick, fill, dates)).toEqual([
        'the column "title" of "posts" has other values',
      ]);
    });
  },
);

it("is compared without rows where they take none", async () => {
  const require =
    'await knex.raw("create unique index one on users ((1))"); await knex.raw("drop index one");';
  expect(await compare("sqlite", addNick, indexNick, require)).toEqual({
    ...{ kind: "compared", differences: [], rows: 0 },
  });
});

it("fails where they do not, which is told with the reason", async () => {
  const comparison = await compareChains({
    ...{ root: process.cwd(), database: "sqlite", before, after, operations },
    first: [store("1_baseline.ts", baseline)],
    old: [store("2_old.ts", writeMigration(addNick, ""))],
    files: [{ name: "2_squashed.ts", text: writeMigration('await knex("eggs").del();', "") }],
  });
  expect(comparison).toMatchObject({
    differences: ['it fails where they do not: "2_squashed.ts": no such table: eggs'],
  });
});

it("is compared with nothing where they do not run", async () => {
  expect(await compare("sqlite", addNick, 'await knex("eggs").del();')).toEqual({
    kind: "failed",
    reason: '"2_1.ts": no such table: eggs',
  });
});

it("is compared with nothing where they cannot be loaded", async () => {
  expect(await compare("sqlite", "}")).toMatchObject({
    kind: "failed",
    reason: expect.stringMatching(/^"2_0\.ts" cannot be loaded: [^]*[^.]$/) as string,
  });
});

it("is told of an extension by its name alone", async () => {
  const make = 'await knex.raw("create extension pgcrypto");';
  expect(await listDifferences("postgres", addNick, indexNick, make)).toEqual([
    "the extension pgcrypto is missing",
  ]);
});
