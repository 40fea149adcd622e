import { fc } from "../fast-check.js";
import type { AttributeType } from "../../src/runtime/attribute-type.js";
import type { ColumnDefault, ColumnSnapshot } from "../../src/migrations/snapshot.js";

/** The words of each enum type that a schema may use; every column of a type has the same. */
export type EnumWords = Readonly<Record<string, readonly string[]>>;

export const words = fc.constantFrom("open", "it's", "what?", "a\\b", 'say "no"', "größe", "");

const wordLists = fc.uniqueArray(words, { minLength: 1, maxLength: 3 });

/** Enum types of PostgreSQL, one of them with a name that needs quotes. */
export const enumWords: fc.Arbitrary<EnumWords> = fc.record({ mood: wordLists, Grade: wordLists });

const plainTypes = fc.constantFrom<AttributeType>(
  { kind: "string" },
  { kind: "string", length: 20 },
  { kind: "text" },
  { kind: "integer" },
  { kind: "bigint" },
  { kind: "float" },
  { kind: "decimal" },
  { kind: "decimal", precision: 8, scale: 2 },
  { kind: "boolean" },
  { kind: "uuid" },
  { kind: "date" },
  { kind: "time" },
  { kind: "datetime" },
  { kind: "json" },
  { kind: "binary" },
);

const checkedWords = wordLists.map((values): AttributeType => ({ kind: "enum", values }));

/** @param native the enum types that there are, for databases that have some */
function typesWith(native: EnumWords | undefined): fc.Arbitrary<AttributeType> {
  const ofDatabase = Object.entries(native ?? {}).map(([name, values]): AttributeType => ({
    kind: "enum",
    values,
    native: name,
  }));
  const special = [...ofDatabase, { kind: "integer", databaseType: "smallint" } as const];
  const choices = native
    ? [plainTypes, checkedWords, fc.constantFrom(...special)]
    : [plainTypes, checkedWords];
  return fc
    .oneof({ withCrossShrink: true }, ...choices)
    .chain((type) =>
      fc.boolean().map((isArray): AttributeType => (isArray ? { kind: "array", of: type } : type)),
    );
}

/** Up to four columns of whatever types. */
export function columnListsWith(native: EnumWords | undefined): fc.Arbitrary<readonly ColumnSnapshot[]> {
  return fc.uniqueArray(
    typesWith(native).chain((type) =>
      fc.record(
        {
          name: fc.constantFrom("name", "size", "select", "givenName"),
          type: fc.constant(type),
          nullable: fc.boolean(),
          default: defaultsOf(type, native !== undefined),
          comment: fc.constantFrom("Why?", "It's", "''", 'a "word"'),
        },
        { requiredKeys: ["name", "type", "nullable"] },
      ),
    ),
    { selector: ({ name }) => name, maxLength: 4 },
  );
}

/** A default of the type; types without an interesting one have a list's or none. */
function defaultsOf(type: AttributeType, hasExpressions: boolean): fc.Arbitrary<ColumnDefault> {
  if (type.kind === "uuid") return fc.constant({ kind: "uuid" });
  if (type.kind === "datetime") return fc.constant({ kind: "now" });
  const values = valuesOf(type).map((value): ColumnDefault => ({ kind: "value", value }));
  const isCounted = type.kind === "integer" || type.kind === "bigint";
  return hasExpressions && isCounted ? fc.oneof(values, fc.constant(expression)) : values;
}

const expression: ColumnDefault = { kind: "sql", sql: "abs(-7)" };

type Value = Extract<ColumnDefault, { kind: "value" }>["value"];

function valuesOf(type: AttributeType): fc.Arbitrary<Value> {
  if (type.kind === "array") return fc.array(valuesOf(type.of), { maxLength: 2 });
  if (type.kind === "enum") return fc.constantFrom(...type.values);
  if (type.kind === "boolean") return fc.boolean();
  if (type.kind === "json") return fc.record({ word: words, list: fc.array(words, { maxLength: 2 }) });
  if (type.kind === "string" || type.kind === "text") return words;
  return fc.constantFrom(...(fixedValues[type.kind] ?? [7]));
}

const fixedValues: Partial<Record<AttributeType["kind"], readonly string[]>> = {
  bigint: ["9007199254740993"],
  uuid: ["0b7c3a52-54a0-4d0a-8b0e-3a54e1f0a001"],
  date: ["2026-11-22"],
  time: ["19:00:00"],
  datetime: ["2026-11-22T19:00:00.000Z"],
  binary: ["bytes"],
};
