import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { castInput } from "../../../src/runtime/values/cast-input.js";
import { canListBind } from "../../../src/runtime/values/list-binding.js";
import { createValueKey } from "../../../src/runtime/values/value-key.js";
import { databaseKinds, databaseTimeout, openDatabase, type TestDatabase } from "../../databases/engines.js";
import { valueCases } from "./value-cases.js";
import { createValueTable, define } from "./value-table.js";

const keyKinds = ["string", "text", "enum", "integer", "bigint", "float", "boolean", "uuid", "binary"];
const keyTitles = [...keyKinds, "date", "time", "datetime", "decimal with a scale", "decimal of any size"];
const keyCases = valueCases
  .filter(({ title }) => keyTitles.includes(title))
  .map(({ title, attribute, values }) => ({
    title,
    attribute,
    values: [
      ...new Map(values.map(([, value]) => [createValueKey(attribute.options.type)(value), value])).values(),
    ],
  }));

describe.each(databaseKinds)("values on %s", (kind) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openDatabase(kind);
  }, databaseTimeout);
  afterAll(() => database.close());

  describe.each(valueCases)("of $title", ({ attribute, values }) => {
    const definition = define(attribute);
    const canonical = [...values.map(([, each]) => each), null];

    it("come back as a record holds them", async () => {
      const cast = values.map(([given]) => castInput(definition, given));
      expect(cast).toStrictEqual(values.map(([, value]) => ({ ok: true, value })));
      const table = await createValueTable(database, definition);
      expect(await table.writeAndRead(canonical)).toStrictEqual(canonical);
    });
  });

  /** SQLite takes some types one by one; `canListBind` says which. */
  const listable = valueCases.filter(({ attribute }) =>
    canListBind(define(attribute).type, kind === "sqlite" ? "sqlite" : "postgres"),
  );

  it.each(listable)(
    "of $title come back when they were written as one list",
    async ({ attribute, values }) => {
      const canonical = [...values.map(([, each]) => each), null];
      const table = await createValueTable(database, define(attribute));
      expect(await table.writeListAndRead(canonical)).toStrictEqual(canonical);
    },
  );

  it.each(keyCases)("of $title are found by what they are bound as", async ({ attribute, values }) => {
    const definition = define(attribute);
    const table = await createValueTable(database, definition);
    await table.write(values);
    for (const value of values) expect(await table.count(value)).toBe(1);
    if (canListBind(definition.type, kind === "sqlite" ? "sqlite" : "postgres")) {
      expect(await table.countAny([...values, null])).toBe(values.length);
    }
  });
});
