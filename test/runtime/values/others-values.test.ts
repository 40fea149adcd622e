/** What the database's own defaults, raw SQL and Knex by itself leave in a column. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AnyAttribute } from "../../../src/runtime/attribute.js";
import { binary, boolean, date, datetime, decimal, json, text, time } from "../../../src/runtime/index.js";
import { createStoredCast } from "../../../src/runtime/values/stored-cast.js";
import { databaseKinds, databaseTimeout, openDatabase, type TestDatabase } from "../../databases/engines.js";
import { createValueTable, define } from "./value-table.js";

process.env["TZ"] = "America/Sao_Paulo";

const moment = new Date("2026-11-22T19:00:00.000Z");

const everywhere: readonly (readonly [sql: string, attribute: AnyAttribute, value: unknown])[] = [
  ["'09:00'", time(), "09:00:00"],
  ["1.50", decimal(), "1.5"],
  ["12", decimal(8, 2), "12.00"],
  ["'1.005'", decimal(8, 3), "1.005"],
  ["'[1, 2]'", json(), [1, 2]],
  ["'123'", json(), 123],
];

const inSqlite: typeof everywhere = [
  ["'2026-11-22 19:00:00'", datetime(), moment],
  ["'2026-11-22 19:00:00.000'", datetime(), moment],
  ["'2026-11-22T19:00:00.000Z'", datetime(), moment],
  ["'2026-11-22 20:00:00+01'", datetime(), moment],
  [String(moment.getTime()), datetime(), moment],
  ["1", boolean(), true],
  ["0", boolean(), false],
  ["2", boolean(), true],
  ["0.1 + 0.2", decimal(8, 2), "0.30"],
  ["1e25", decimal(30, 2), "10000000000000000000000000.00"],
  ["-0.001", decimal(8, 2), "0.00"],
  [`'["2026-11-22T19:00:00.000Z",null]'`, datetime().array(), [moment, null]],
  [`'["a",null]'`, text().array(), ["a", null]],
];

const inPostgres: typeof everywhere = [
  ["'2026-11-22 20:00:00.000999+01'", datetime(), moment],
  ["'{NULL,1.50}'", decimal(8, 2).array(), [null, "1.50"]],
  ["'{NULL,2026-11-22}'", date().array(), [null, "2026-11-22"]],
  ["'NaN'", decimal(), "NaN"],
];

describe.each(databaseKinds)("what others wrote on %s", (kind) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openDatabase(kind);
  }, databaseTimeout);
  afterAll(() => database.close());

  it.each([...everywhere, ...(kind === "sqlite" ? inSqlite : inPostgres)])(
    "is read where it is %s",
    async (sql, attribute, value) => {
      const table = await createValueTable(database, define(attribute));
      expect(await table.readExpression(sql)).toStrictEqual(value);
    },
  );

  it("is a moment of the present where the default is the database's clock", async () => {
    const table = await createValueTable(database, define(datetime()));
    const read = await table.readExpression("current_timestamp");
    expect(read).toBeInstanceOf(Date);
    expect(Math.abs(Number(read) - Date.now())).toBeLessThan(24 * 60 * 60 * 1000);
  });
});

describe("what a driver gives", () => {
  it.each([
    ["a Date at local midnight", date(), new Date(2026, 10, 22), "2026-11-22"],
    ["a Date on a day without midnight", date(), new Date(2018, 10, 4), "2018-11-04"],
    ["a text for a moment", datetime(), "2026-11-22 19:00:00+00", moment],
    ["a number for a decimal", decimal(8, 2), 12.5, "12.50"],
    ["floats for decimals", decimal(8, 2).array(), [12.5], ["12.50"]],
    ["an ArrayBuffer", binary(), new Uint8Array([1, 2]).buffer, new Uint8Array([1, 2])],
    ["a Buffer", binary(), Buffer.from([1, 2]), new Uint8Array([1, 2])],
  ])("is read where it is %s", (_, attribute, stored, value) => {
    expect(createStoredCast(attribute.options.type, "postgres")?.(stored)).toStrictEqual(value);
  });
});
