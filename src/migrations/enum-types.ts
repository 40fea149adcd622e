import type { AttributeType } from "../runtime/attribute-type.js";
import type { EnumSnapshot, EnumUse } from "./operation.js";
import type { ColumnSnapshot, Snapshot, TableSnapshot } from "./snapshot.js";

/** The enum type of PostgreSQL that holds a column's values, or those of its items. */
export function enumOf(type: AttributeType): EnumSnapshot | undefined {
  if (type.kind === "array") return enumOf(type.of);
  return type.kind === "enum" && type.native !== undefined
    ? { name: type.native, values: type.values }
    : undefined;
}

/** The words that a check keeps a column to, or its items: those of an enum that is held as a text. */
export function findCheckedWords(type: AttributeType): readonly string[] | undefined {
  if (type.kind === "array") return findCheckedWords(type.of);
  return type.kind === "enum" && type.native === undefined ? type.values : undefined;
}

/** The enum types that the columns of all tables use, sorted by name. */
export function findEnums(snapshot: Snapshot): ReadonlyMap<string, EnumSnapshot> {
  const enums = new Map<string, EnumSnapshot>();
  for (const { columns } of snapshot.values()) {
    for (const { type } of columns) {
      const used = enumOf(type);
      if (used) enums.set(used.name, used);
    }
  }
  return new Map([...enums].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Every column of an enum type, by table and name. */
export function findEnumUses(snapshot: Snapshot, name: string): readonly EnumUse[] {
  return [...snapshot].flatMap(([table, { columns }]) =>
    columns.filter(({ type }) => enumOf(type)?.name === name).map((column) => ({ table, column })),
  );
}

/** The column with the words that its enum type has now. */
export function withEnum(column: ColumnSnapshot, type: EnumSnapshot): ColumnSnapshot {
  return enumOf(column.type)?.name === type.name
    ? { ...column, type: withValues(column.type, type) }
    : column;
}

/** The table with the words that an enum type has now; the same table where it has no column of it. */
export function withEnumInTable(table: TableSnapshot, type: EnumSnapshot): TableSnapshot {
  if (!table.columns.some((column) => enumOf(column.type)?.name === type.name)) return table;
  return { ...table, columns: table.columns.map((column) => withEnum(column, type)) };
}

function withValues(type: AttributeType, { values }: EnumSnapshot): AttributeType {
  if (type.kind === "array") return { ...type, of: withValues(type.of, { name: "", values }) };
  return type.kind === "enum" ? { ...type, values } : type;
}

/** Were words only added, and the others left in their order? */
export function isOnlyExtended(before: EnumSnapshot, after: EnumSnapshot): boolean {
  const kept = after.values.filter((value) => before.values.includes(value));
  return kept.length === before.values.length && kept.every((value, place) => value === before.values[place]);
}

/** The words that a type no longer has. */
export function findLostValues(before: EnumSnapshot, after: EnumSnapshot): readonly string[] {
  return before.values.filter((value) => !after.values.includes(value));
}
