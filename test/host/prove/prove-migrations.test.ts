import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { proveMigrations } from "../../../src/host/prove/prove-migrations.js";
import type { Proof, ProofRequest } from "../../../src/host/prove/proof.js";
import { diffSnapshots } from "../../../src/migrations/diff.js";
import { renderMigration } from "../../../src/migrations/render.js";
import { startPostgres, type PostgresServer } from "../../databases/postgres-server.js";
import { renderTemplate } from "../../migrations/render-template.js";
import { column, foreignKeyTo, snapshotOf, tableOf } from "../../migrations/tables.js";
import * as given from "./cases.js";

const timeout = 60_000;

let server: PostgresServer;
let url: string;
beforeAll(async () => {
  server = await startPostgres();
  const { user, password, host, port, database } = await server.createDatabase();
  url = `postgres://${user}:${password}@${host}:${port}/${database}`;
}, timeout);
afterAll(() => server.stop());

function prove(
  kind: "postgres" | "sqlite" | "pglite",
  text: string,
  more: Partial<ProofRequest> = {},
): Promise<Proof> {
  const { before, after, operations } = given;
  const files = [{ name: "20261123_add_nick.ts", text }];
  const where = kind === "postgres" ? { server: url } : {};
  return proveMigrations({
    root: process.cwd(),
    database: kind,
    before,
    after,
    operations,
    files,
    ...where,
    ...more,
  });
}

/** What the proof of a migration of these bodies says. */
async function findFaults(kind: "postgres" | "sqlite", up: string, down: string): Promise<readonly string[]> {
  const error: unknown = await prove(kind, given.writeMigration(up, down)).then(
    () => ({ problems: [] }),
    (thrown: unknown) => thrown,
  );
  return (error as { problems: readonly { message: string }[] }).problems.map(({ message }) => message);
}

describe.each(["postgres", "sqlite", "pglite"] as const)("a proof on %s", (kind) => {
  it(
    "passes a migration that does what it should, and says what each direction sent",
    async () => {
      const proof = await prove(kind, given.writeMigration(given.up, given.down));
      expect(proof).toMatchObject({ kind: kind === "postgres" ? "server" : kind, rows: 6, notices: [] });
      expect(proof.statements.up.join("\n")).toMatch(
        /add (?:column )?.nick. text[\s\S]*create index .users_nick_index./,
      );
      expect(proof.statements.down.join("\n")).toMatch(/drop index .users_nick_index./);
      expect(proof.steps.map(({ what }) => what)).toEqual([
        ...["start", "load", "before", "rows", "up", "down", "up again"],
        "checks",
      ]);
    },
    timeout,
  );
});

describe.each(["postgres", "sqlite"] as const)("a proof on %s builds", (kind) => {
  const check = (sql: string) => [{ name: "sound", sql }];
  const age = column("age", { kind: "integer" });
  const hens = tableOf("hens", [age], { checks: check("(age>0)  AND (age<100)") });

  it("what the change can touch, with conditions as the database writes them", async () => {
    const eggs = tableOf("eggs", [age], { checks: check("age > 0") });
    const farms = tableOf("farms", [column("state")]);
    const before = snapshotOf(eggs, hens, farms);
    const after = snapshotOf({ ...eggs, checks: check("age>0  AND age<9") }, hens, farms);
    const operations = diffSnapshots(before, after);
    const text = renderMigration({ operations, before, database: kind, renderTemplate });
    const proof = await prove(kind, text, { before, after, operations });
    expect(proof).toMatchObject({ rows: 3, notices: [] });
    expect(proof.steps.map(({ what }) => what)).toContain("after");
  });

  it("what refers to the change too, whatever conditions it has", async () => {
    const before = snapshotOf(hens, {
      ...tableOf("eggs", [column("hen_id", { kind: "uuid" }), age], {
        checks: check("(age>0)  or age is null"),
      }),
      foreignKeys: [foreignKeyTo("hens", "eggs", "hen_id")],
    });
    const after = new Map([...before, ["hens", { ...hens, columns: [...hens.columns, column("name")] }]]);
    const operations = diffSnapshots(before, after);
    const text = renderMigration({ operations, before, database: kind, renderTemplate });
    expect(await prove(kind, text, { before, after, operations })).toMatchObject({ rows: 6, notices: [] });
  });
});

describe.each(["postgres", "sqlite"] as const)(
  "a proof on %s takes a table that a statement makes",
  (kind) => {
    const log = { name: "log", up: "create table hen_log (hen_id text)", down: "drop table hen_log" };
    const hens = tableOf("hens", [column("name")]);
    const logged = { ...hens, statements: [log] };

    it.each([
      ["when it is made", snapshotOf(hens), snapshotOf(logged)],
      ["when it goes", snapshotOf(logged), snapshotOf(hens)],
      [
        "when another thing changes",
        snapshotOf(logged),
        snapshotOf({
          ...tableOf("hens", [column("name", { kind: "text" }, { default: { kind: "value", value: "" } })]),
          statements: [log],
        }),
      ],
    ])("%s", async (_, before, after) => {
      const operations = diffSnapshots(before, after);
      const text = renderMigration({ operations, before, database: kind, renderTemplate });
      expect(await prove(kind, text, { before, after, operations })).toMatchObject({ statements: {} });
    });

    it("and no other that is left", async () => {
      const [before, after] = [snapshotOf(hens), snapshotOf(logged)];
      const text = given.writeMigration(
        `await knex.raw("${log.up}"); await knex.raw("create table eggs (id text)");`,
        `await knex.raw("drop table eggs"); await knex.raw("${log.down}");`,
      );
      const operations = diffSnapshots(before, after);
      await expect(prove(kind, text, { before, after, operations })).rejects.toThrow(
        'There is a table "eggs" too many.',
      );
    });
  },
);

it("tells the bounds of the transactions that a migration opens itself, and no others", async () => {
  const text = [
    'import type { Knex } from "knex";',
    "export const config = { transaction: false };",
    `export async function up(knex: Knex): Promise<void> { await knex.transaction(async (trx) => { await trx.raw("set local lock_timeout = '1s'"); await trx.raw('alter table "users" add column "nick" text'); }); await knex.raw('create index "users_nick_index" on "users" ("nick")'); }`,
    `export async function down(knex: Knex): Promise<void> { ${given.dropNick} }`,
  ].join("\n");
  const { statements } = await prove("postgres", text);
  expect(statements.up.map((statement) => statement.toLowerCase())).toEqual([
    "begin",
    "set local lock_timeout = '1s'",
    'alter table "users" add column "nick" text',
    "commit",
    'create index "users_nick_index" on "users" ("nick")',
  ]);
  expect(statements.down.join("\n")).not.toMatch(/begin|commit/i);
});

it("says that a fill is SQL where a text came without its quotes", async () => {
  const before = snapshotOf(tableOf("users", [column("state")]));
  const operations = [{ kind: "fillColumn", table: "users", column: "state", sql: "unknown" }] as const;
  const text = renderMigration({ operations, before, database: "sqlite", renderTemplate });
  await expect(prove("sqlite", text, { before, after: before, operations })).rejects.toMatchObject({
    problems: [
      {
        message: expect.stringContaining("no such column: unknown") as string,
        hint: expect.stringMatching(/--fill "users\.state='unknown'"\nNothing was kept\./) as string,
      },
    ],
  });
});

const named = '"20261123_add_nick.ts"';

describe.each(["postgres", "sqlite"] as const)("a proof on %s finds", (kind) => {
  it.each([
    [
      "a wrong type",
      given.up.replace("text", "integer"),
      `After running ${named}: The type of the column "nick" of "users" is integer, not text.`,
    ],
    [
      "an index that was forgotten",
      given.addNick,
      `After running ${named}: The index "users_nick_index" of "users" is missing.`,
    ],
    [
      "a column that is required",
      given.up.replace('text("nick")', 'text("nick").notNullable().defaultTo("")'),
      `After running ${named}: The nullability of the column "nick" of "users" is not null, not nullable.`,
    ],
    [
      "rows that are lost",
      `${given.up} await knex("posts").delete();`,
      `After running ${named}: "posts" had 3 rows and has 0 now.`,
    ],
    [
      "values that are changed",
      `${given.up} await knex("users").update({ email: knex.raw("upper(email) || 'x'") });`,
      `After running ${named}: The values of the column "email" of "users" are not what they were.`,
    ],
  ])(
    "%s",
    async (_, up, message) => {
      expect(await findFaults(kind, up, given.down)).toContain(message);
    },
    timeout,
  );

  it.each([
    [
      "a way back that forgets an index",
      `${given.dropNick} await knex.schema.alterTable("users", (table) => { table.text("nick"); table.index(["nick"], "users_nick_index"); });`,
      `After taking back ${named}: "users" has the column "nick" too many.`,
    ],
    [
      "a way back that loses rows",
      `${given.down} await knex("posts").delete();`,
      `After taking back ${named}: "posts" had 4 rows and has 0 now.`,
    ],
    [
      "a way back that drops too much",
      `${given.down} await knex.schema.dropTable("posts");`,
      `After taking back ${named}: The table "posts" is missing.`,
    ],
  ])(
    "%s",
    async (_, down, message) => {
      expect(await findFaults(kind, given.up, down)).toContain(message);
    },
    timeout,
  );

  it(
    "the statement that fails",
    async () => {
      const [fault] = await findFaults(
        kind,
        `${given.up} await knex.raw("select nonsense from nowhere");`,
        given.down,
      );
      expect(fault).toMatch(
        /fails on the way up: .*nowhere.*The statement was: select nonsense from nowhere/,
      );
    },
    timeout,
  );

  it(
    "what cannot be loaded",
    async () => {
      const [fault] = await findFaults(kind, "const = 1;", given.down);
      expect(fault).toMatch(/"20261123_add_nick.ts" cannot be loaded/);
    },
    timeout,
  );

  it(
    "nothing where a way back stops because rows are in the way, and tells it",
    async () => {
      const guard = 'if (await knex("users").first()) throw new Error("Some user has a nickname.");';
      const proof = await prove(kind, given.writeMigration(given.up, `${guard} ${given.down}`));
      expect(proof.notices).toEqual([
        "The way down stops where rows are in the way: Some user has a nickname.",
      ]);
    },
    timeout,
  );
});

describe("a proof on a server", () => {
  it(
    "finds a type that the way back leaves",
    async () => {
      const up = `${given.up} await knex.raw("create type mood as enum ('glad')");`;
      expect(await findFaults("postgres", up, given.down)).toEqual([
        `After taking back ${named}: There is the type mood (glad) too many.`,
      ]);
    },
    timeout,
  );

  it(
    "finds a check that was never validated",
    async () => {
      const up = `${given.up} await knex.raw("alter table users add constraint later check (email <> '') not valid");`;
      expect((await findFaults("postgres", up, given.down)).join("\n")).toContain(
        '"later" of "users" is not validated',
      );
    },
    timeout,
  );
});

it("says that it can be gone without where there is nothing to try it on", async () => {
  const hint = expect.stringMatching(/\. Or go without a proof: --no-proof$/) as string;
  const text = given.writeMigration(given.up, given.down);
  await expect(prove("pglite", text, { server: "postgres://127.0.0.1:1/none" })).rejects.toMatchObject({
    problems: [{ code: "scratch.unreachable", hint }],
  });
});
