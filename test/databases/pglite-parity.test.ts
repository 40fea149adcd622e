import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { databaseTimeout, openPglite, openPostgres, type TestDatabase } from "./engines.js";

process.env["TZ"] = "Europe/Berlin";

let pglite: TestDatabase;
let postgres: TestDatabase;
beforeAll(async () => {
  [pglite, postgres] = await Promise.all([openPglite(), openPostgres()]);
}, databaseTimeout);
afterAll(() => Promise.all([pglite.close(), postgres.close()]));

async function onBoth<Result>(run: (database: TestDatabase["knex"]) => PromiseLike<Result>) {
  return { pglite: await run(pglite.knex), postgres: await run(postgres.knex) };
}

const expressions = [
  "count(*)",
  "9007199254740993::bigint",
  "'{1,NULL,9007199254740993}'::bigint[]",
  "1::smallint",
  "1.5::real",
  "'NaN'::float8",
  "'{1.5,-Infinity}'::float8[]",
  "12.340::numeric",
  "'{1.10,NULL}'::numeric[]",
  "true",
  "'{t,f,NULL}'::bool[]",
  "'\\x00ff41'::bytea",
  "array['\\x00ff'::bytea, null]",
  "'2024-02-29'::date",
  "'0044-03-15 BC'::date",
  "'0099-01-01'::date",
  "'infinity'::date",
  "'{2024-02-29,NULL}'::date[]",
  "'2024-07-01 12:34:56.789123'::timestamp",
  "'2024-03-31 02:30:00'::timestamp",
  "'2024-07-01 12:34:56+05:30'::timestamptz",
  "'1800-01-01 00:00:00+00'::timestamptz",
  "'-infinity'::timestamptz",
  "'{\"2024-07-01 12:34:56.5+00\"}'::timestamptz[]",
  "'12:34:56'::time",
  "'{12:34:56}'::time[]",
  `'{"a":[1,null]}'::json`,
  `'[1,"x"]'::jsonb`,
  `array['{"a":"b c"}'::jsonb]`,
  "'00000000-0000-4000-8000-000000000001'::uuid",
  "array['00000000-0000-4000-8000-000000000001'::uuid]",
  `array['plain','a "quoted" \\ one','{x,y}','NULL',null,'']`,
  "array[['a','b'],['c',null]]",
  "'{}'::text[]",
  "'[0:1]={a,b}'::text[]",
  "'a'::char(3)",
  "null",
  "'{127.0.0.1}'::inet[]",
  "'$1.50'::money",
];

const bindings: readonly (readonly [type: string, value: unknown])[] = [
  ["text", 'it\'s \\ "quoted"'],
  ["integer", 7],
  ["bigint", 9007199254740993n],
  ["bigint", "9007199254740993"],
  ["numeric", 12.5],
  ["boolean", false],
  ["bytea", Buffer.from([0, 255, 65])],
  ["bytea", new Uint8Array([1, 2])],
  ["date", new Date(2024, 1, 29)],
  ["date", "2024-02-29"],
  ["timestamp", new Date(2024, 6, 1, 12, 34, 56, 789)],
  ["timestamptz", new Date(2024, 6, 1, 12, 34, 56, 789)],
  ["timestamptz", new Date("-000043-03-15T12:00:00Z")],
  ["timestamp", new Date("0099-03-15T12:00:00Z")],
  ["json", { a: [1, null] }],
  ["jsonb", JSON.stringify(["x"])],
  ["text[]", ["a", "b,c", 'd"e', "f\\g", null, ""]],
  ["integer[]", [1, null, 3]],
  ["integer[][]", [[1], [2]]],
  ["bytea[]", [Buffer.from([1, 255])]],
  ["timestamptz[]", [new Date(2024, 6, 1)]],
  ["text", null],
];

describe("PGlite reads as PostgreSQL through pg does", () => {
  it.each(expressions)("%s", async (expression) => {
    const read = await onBoth((knex) => knex.select(knex.raw(`${expression} as value`)).first());
    expect(read.pglite).toEqual(read.postgres);
    expect(read.pglite).toHaveProperty("value");
  });
});

describe("PGlite binds as pg does", () => {
  it.each(bindings)("%s from %o", async (type, value) => {
    const read = await onBoth((knex) =>
      knex.select(knex.raw(`?::${type} as value`, [value as string])).first(),
    );
    expect(read.pglite).toEqual(read.postgres);
    expect(read.pglite).toHaveProperty("value");
  });
});

describe("PGlite answers as pg does", () => {
  beforeAll(() =>
    onBoth((knex) =>
      knex.schema.createTable("users", (table) => {
        table.increments("id");
        table.text("name").unique();
        table.specificType("mood", "text");
      }),
    ),
  );

  it("to inserts, updates, counts and deletes", async () => {
    const answers = await onBoth(async (knex) =>
      [
        (await knex("users").insert([{ name: "Ada" }, { name: "Grace" }])) as unknown,
        await knex("users").insert({ name: "Edsger" }, ["id", "name"]),
        await knex("users").where({ name: "Ada" }).update({ mood: "calm" }),
        await knex("users").where("id", "<", 3).update({ mood: "bold" }, "id"),
        await knex("users").insert({ name: "Ada" }).onConflict("name").ignore().returning("id"),
        await knex("users").count(),
        await knex("users").sum("id as total").first(),
        await knex("users").where({ id: 1 }).del(),
        await knex("users").where({ id: 2 }).del("name"),
        await knex("users").pluck("name"),
        await knex("users").truncate(),
      ].map(pickResult),
    );
    expect(answers.pglite).toEqual(answers.postgres);
  });

  it("to raw statements, one or several", async () => {
    const answers = await onBoth(async (knex) => [
      pickResult(await knex.raw("select 1 as one")),
      (await knex.raw("create temp table a (); create temp table b (); select 2 as two")).map(pickResult),
      pickResult(await knex.raw("update users set name = ? where false", ["x"])),
      pickResult(await knex.raw("set search_path to public")),
      pickResult(await knex.raw("select 1, ?::text", ["x"]).options({ rowMode: "array" })),
      pickResult(await knex.raw("select 1, 2").options({ rowMode: "array" })),
    ]);
    expect(answers.pglite).toEqual(answers.postgres);
  });

  it("with the fields of its errors, and without the values that were bound", async () => {
    const errors = await onBoth(async (knex) => {
      await knex("users").insert({ name: "twice" });
      return knex("users").insert({ name: "twice" }).then(fail, pickError);
    });
    expect(errors.pglite).toEqual(errors.postgres);
    expect(errors.pglite).toMatchObject({ code: "23505", constraint: "users_name_unique" });
  });
});

function pickResult(result: unknown): unknown {
  if (typeof result !== "object" || result === null || !("command" in result)) return result;
  const { command, rowCount, rows } = result as Record<string, unknown>;
  return { command, rowCount, rows };
}

function fail(): never {
  throw new Error("nothing was thrown");
}

function pickError(error: Record<string, unknown>): unknown {
  const { code, detail, constraint, table, schema, severity, routine, message } = error;
  return { code, detail, constraint, table, schema, severity, routine, message, params: error["params"] };
}
