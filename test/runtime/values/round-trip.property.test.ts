import { fc } from "../../fast-check.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AnyAttribute } from "../../../src/runtime/attribute.js";
import { bigint, datetime, float, integer, json, text, uuid } from "../../../src/runtime/index.js";
import { castInput } from "../../../src/runtime/values/cast-input.js";
import { databaseKinds, databaseTimeout, openDatabase, type TestDatabase } from "../../databases/engines.js";
import { createValueTable, define } from "./value-table.js";

const cases: readonly (readonly [title: string, attribute: AnyAttribute, given: fc.Arbitrary<unknown>])[] = [
  ["text", text(), fc.string({ unit: "binary" })],
  ["integer", integer(), fc.integer()],
  ["bigint", bigint(), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })],
  ["float", float(), fc.double({ noNaN: true, noDefaultInfinity: true })],
  ["uuid", uuid(), fc.uuid()],
  ["datetime", datetime(), fc.date({ noInvalidDate: true })],
  ["json", json(), fc.jsonValue()],
  ["array of text", text().array(), fc.array(fc.string())],
  ["array of json", json().array(), fc.array(fc.jsonValue())],
];

describe.each(databaseKinds)("whatever castInput accepts comes back from %s", (kind) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openDatabase(kind);
  }, databaseTimeout);
  afterAll(() => database.close());

  it.each(cases)("as %s", async (_, attribute, given) => {
    const definition = define(attribute);
    const table = await createValueTable(database, definition);
    const lists = fc.array(given, { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(lists, async (values) => {
        const cast = values.map((value) => castInput(definition, value));
        // A top-level null of json is no value of its own.
        const canonical = cast.flatMap((result) =>
          result.ok && result.value !== null ? [result.value] : [],
        );
        fc.pre(canonical.length > 0);
        expect(await table.writeAndRead(canonical)).toStrictEqual(canonical);
      }),
      { numRuns: 25 },
    );
  });
});
