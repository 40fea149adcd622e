import { fc } from "../fast-check.js";
import { describe, expect, it } from "vitest";
import { parseTable, serializeTable } from "../../src/migrations/serialize.js";
import type {
  CheckSnapshot,
  ColumnDefault,
  ColumnSnapshot,
  ForeignKeySnapshot,
  IndexSnapshot,
  StatementSnapshot,
  TableSnapshot,
} from "../../src/migrations/snapshot.js";
import { sortByName } from "./normalize-snapshot.js";
import type { AttributeType } from "../../src/runtime/attribute-type.js";

const name = fc.oneof(
  fc.stringMatching(/^[a-z][a-z_]{0,8}$/),
  fc.constantFrom("Odd Name", 'a"b', "ä", "__proto__", "x.y"),
);
const sql = fc.constantFrom("now()", "a = '?'", "x > 1\nand y", 'lower("Name")', "'it''s'");
const names = fc.uniqueArray(name, { minLength: 1, maxLength: 3 });

/** What may be absent is there or not, each by itself. */
function optional<Shape extends object, Keys extends keyof Shape>(
  shape: { [Key in keyof Shape]: fc.Arbitrary<Shape[Key]> },
  requiredKeys: readonly Keys[],
) {
  return fc.record(shape, { requiredKeys: [...requiredKeys] });
}

const types = fc.letrec<{ type: AttributeType }>((tie) => ({
  type: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<AttributeType>(
      { kind: "text" },
      { kind: "bigint" },
      { kind: "json" },
      { kind: "string", length: 9 },
    ),
    fc.constantFrom<AttributeType>(
      { kind: "decimal" },
      { kind: "decimal", precision: 9, scale: 0 },
      { kind: "text", databaseType: "citext" },
      { kind: "enum", values: ["b", "a", ""] },
      { kind: "enum", values: [], native: "billing.state" },
    ),
    tie("type").map((of): AttributeType => ({ kind: "array", of })),
    tie("type").map((of): AttributeType => ({ kind: "array", of, databaseType: "int4[]" })),
  ),
})).type;

const defaults: fc.Arbitrary<ColumnDefault> = fc.oneof(
  fc.constantFrom<ColumnDefault>({ kind: "uuid" }, { kind: "now" }, { kind: "increment" }),
  fc.boolean().map((always): ColumnDefault => ({ kind: "identity", always })),
  sql.map((text): ColumnDefault => ({ kind: "sql", sql: text })),
  fc
    .constantFrom(null, "", 0, false, ["a", [1]], { b: { a: 1 } })
    .map((value): ColumnDefault => ({ kind: "value", value })),
);

const column = optional<ColumnSnapshot, "name" | "type" | "nullable">(
  {
    name,
    type: types,
    nullable: fc.boolean(),
    default: defaults,
    generatedAs: sql,
    virtual: fc.constant(true),
    comment: fc.string(),
  } as never,
  ["name", "type", "nullable"],
);

const index = optional<IndexSnapshot, "name" | "columns" | "unique">(
  {
    name,
    columns: fc.array(
      fc.oneof(
        name,
        sql.map((text) => ({ sql: text })),
      ),
      { minLength: 1, maxLength: 3 },
    ),
    unique: fc.boolean(),
    where: sql,
    method: fc.constantFrom("gin", "hash"),
    include: names,
    nullsNotDistinct: fc.constant(true as const),
    constraint: fc.constant(true as const),
  } as never,
  ["name", "columns", "unique"],
);

const foreignKey = optional<ForeignKeySnapshot, "name" | "columns" | "references" | "onDelete">(
  {
    name,
    columns: names,
    references: fc.record({ table: name, columns: names }),
    onDelete: fc.constantFrom("cascade", "restrict", "set null", "no action"),
    onUpdate: fc.constantFrom("cascade", "restrict", "set null"),
    deferrable: fc.constantFrom("initially immediate", "initially deferred"),
  } as never,
  ["name", "columns", "references", "onDelete"],
);

/** As a snapshot holds sets: each name once, sorted. */
function setOf<Item extends { readonly name: string }>(items: fc.Arbitrary<Item>, minLength = 0) {
  return fc
    .uniqueArray(items, { selector: (item) => item.name, minLength, maxLength: 3 })
    .map((list) => list.toSorted((a, b) => (a.name < b.name ? -1 : 1)));
}

const table = optional<TableSnapshot, "name" | "columns" | "indexes" | "foreignKeys">(
  {
    schema: name,
    name,
    comment: fc.string(),
    columns: setOf(column as fc.Arbitrary<ColumnSnapshot>),
    primaryKey: fc.record({ name, columns: names }),
    indexes: setOf(index as fc.Arbitrary<IndexSnapshot>),
    foreignKeys: setOf(foreignKey as fc.Arbitrary<ForeignKeySnapshot>),
    checks: setOf<CheckSnapshot>(fc.record({ name, sql }), 1),
    statements: fc.array<StatementSnapshot>(fc.record({ name, up: sql, down: sql }), {
      minLength: 1,
      maxLength: 3,
    }),
  } as never,
  ["name", "columns", "indexes", "foreignKeys"],
) as fc.Arbitrary<TableSnapshot>;

describe("the file of any table", () => {
  it("reads back as the table that it was written from, and is written the same again", () => {
    fc.assert(
      fc.property(table, (written) => {
        const text = serializeTable(written);
        const read = parseTable(text, "table.json");
        expect({ ...read, columns: sortByName(read.columns) }).toEqual(written);
        expect(serializeTable(read)).toBe(text);
      }),
      { numRuns: 300 },
    );
  });
});
