import { inspect } from "node:util";
import type { Knex } from "knex";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withoutBindings } from "../../../src/runtime/errors/without-bindings.js";
import { translateDatabaseError } from "../../../src/runtime/errors/translate-error.js";
import { databaseKinds, databaseTimeout, openDatabase, type TestDatabase } from "../../databases/engines.js";
import { catchError, createLibrary, Reader, Secret } from "./library.js";

const word = "hush - hush";

describe.each(databaseKinds)("an error of %s", (kind) => {
  let database: TestDatabase;
  let knex: Knex;
  beforeAll(async () => {
    database = await openDatabase(kind);
    knex = database.knex;
    await createLibrary(database);
    await knex("secrets").insert({ id: 1, word });
    await knex("readers").insert({ id: 1, email: "ada@x" });
  }, databaseTimeout);
  afterAll(() => database.close());

  it("keeps the database's own message, without statement and values", async () => {
    const built = await catchError(knex("secrets").insert({ id: 2, word }));
    const raw = await catchError(knex.raw("insert into secrets (id, word) values (?, ?)", [2, word]));
    const literal = await catchError(knex.raw(`insert into secrets (id, word) values (2, '${word}')`));
    for (const error of [built, raw, literal]) {
      expect(withoutBindings(error)).toMatchObject({
        message:
          kind === "sqlite"
            ? "UNIQUE constraint failed: secrets.word"
            : 'duplicate key value violates unique constraint "secrets_word_index"',
      });
    }
  });

  it.each([
    ["a unique key", () => knex("secrets").insert({ id: 2, word })],
    ["a primary key", () => knex("secrets").insert({ id: 1, word })],
    ["a value that is missing", () => knex("secrets").insert({ word })],
    ["a type that does not take the value", () => knex("secrets").insert({ id: word, word: "x" })],
    ["a condition that cannot be", () => knex("secrets").where({ id: word }).whereRaw("nothing = ?", [word])],
    ["an unknown table", () => knex("nowhere").insert({ word })],
  ])("shows a sensitive value nowhere, whatever fails: %s", async (_, run) => {
    for (const statement of [undefined, { resource: Secret.definition, operation: "create" } as const]) {
      const error = translateDatabaseError(await catchError(run()), statement);
      expect(error).toBeInstanceOf(Error);
      expect(inspect(error, { depth: 10 })).not.toContain("hush");
    }
  });

  it("keeps what tells most where nothing of the resource is sensitive", async () => {
    const insert = async () => catchError(knex("readers").insert({ id: 1, email: "b@x" }));
    const detail = kind === "sqlite" ? undefined : "Key (id)=(1) already exists.";
    expect(Reflect.get(Object(withoutBindings(await insert(), Reader.definition)), "detail")).toBe(detail);
    expect(withoutBindings(await insert(), Secret.definition)).not.toHaveProperty("detail");
    expect(withoutBindings(await insert())).not.toHaveProperty("detail");
  });

  it("is cleaned once, and stays itself", async () => {
    const error = await catchError(knex.raw("select 1 - 2 from nowhere where 'a - b' = 'c'"));
    expect(withoutBindings(error)).toBe(error);
    const message = error instanceof Error ? error.message : "";
    expect(message).toMatch(/^(relation "nowhere" does not exist|no such table: nowhere)$/);
    expect(withoutBindings(error)).toMatchObject({ message });
  });
});

it("an error of a query that Knex stopped shows no value of it", async () => {
  const { knex, close } = await openDatabase("postgres");
  const slow = knex.raw("select pg_sleep(0.3), ?::text", ["hush"]).timeout(10);
  expect(inspect(translateDatabaseError(await catchError(slow)))).not.toContain("hush");
  await close();
});

it("what Knex says before it sends anything stays as it is", async () => {
  const { knex, close } = await openDatabase("sqlite");
  const error = await catchError(knex("users").where({ id: undefined }).whereRaw("1 - 1 = 0"));
  const message = error instanceof Error ? error.message : "";
  expect(message).toContain(" - ");
  expect(withoutBindings(error)).toMatchObject({ message });
  await close();
});
