import type { AttributeType } from "../runtime/attribute-type.js";
import { isCanonicalType } from "./compare-sql.js";
import { checkName } from "../support/constraint-names.js";
import type { ColumnSnapshot, IndexSnapshot, Snapshot, TableSnapshot } from "./snapshot.js";

/**
 * The snapshot with its texts of SQL as a database gives them back: conditions, expressions, types. Databases write them
 * their own way, so that only what went through one can be compared with what comes from one. All else stays as the
 * snapshot has it, so that what went wrong when it was built is still found.
 *
 * @param built what was read from a database that was built from the snapshot
 */
export function adoptSqlTexts(snapshot: Snapshot, built: Snapshot): Snapshot {
  const tables = [...snapshot].map(([key, table]) => {
    const other = built.get(key);
    return [key, other === undefined ? table : adoptInTable(table, other)] as const;
  });
  return new Map(tables);
}

/** Is there a text in it that a database may write another way? */
export function hasSqlTexts(snapshot: Snapshot): boolean {
  return [...snapshot.values()].some(
    ({ columns, indexes, checks }) =>
      checks !== undefined || columns.some(hasTextInColumn) || indexes.some(hasTextInIndex),
  );
}

function hasTextInColumn({ type, default: given, generatedAs }: ColumnSnapshot): boolean {
  return isOpaque(type) || given?.kind === "sql" || given?.kind === "value" || generatedAs !== undefined;
}

function isOpaque(type: AttributeType): boolean {
  return type.databaseType !== undefined || (type.kind === "array" && isOpaque(type.of));
}

function hasTextInIndex({ where, columns }: IndexSnapshot): boolean {
  return where !== undefined || columns.some((column) => typeof column !== "string");
}

/** May the database know the type by another name? Where it does not, another type is another type. */
function isSpelledFreely(type: AttributeType): boolean {
  if (type.kind === "array") return isSpelledFreely(type.of);
  return type.databaseType !== undefined && !isCanonicalType(type.databaseType);
}

function adoptInTable(table: TableSnapshot, built: TableSnapshot): TableSnapshot {
  const { checks: given, ...rest } = table;
  const columns = table.columns.map((column) =>
    adoptInColumn(table, column, byName(built.columns, column.name)),
  );
  const kept = (given ?? []).filter(({ name }) => !isFolded(table, built, name));
  const checks = kept.map((check) => ({
    ...check,
    sql: byName(built.checks ?? [], check.name)?.sql ?? check.sql,
  }));
  return {
    ...rest,
    columns,
    indexes: table.indexes.map((index) => adoptInIndex(index, byName(built.indexes, index.name))),
    ...(checks.length > 0 && { checks }),
  };
}

/** Is the check one that is read back as the words of an enum? */
function isFolded(table: TableSnapshot, built: TableSnapshot, name: string): boolean {
  return (
    byName(built.checks ?? [], name) === undefined &&
    built.columns.some((column) => column.type.kind === "enum" && checkName(table.name, column.name) === name)
  );
}

function adoptInColumn(
  table: TableSnapshot,
  column: ColumnSnapshot,
  built: ColumnSnapshot | undefined,
): ColumnSnapshot {
  if (built === undefined) return column;
  const isWords =
    byName(table.checks ?? [], checkName(table.name, column.name)) && built.type.kind === "enum";
  const given =
    built.default?.kind === "sql" || column.default?.kind === "sql" ? built.default : column.default;
  return {
    ...column,
    type: isSpelledFreely(column.type) || isWords ? built.type : column.type,
    ...(given && column.default && { default: given }),
    ...(column.generatedAs !== undefined &&
      built.generatedAs !== undefined && { generatedAs: built.generatedAs }),
  };
}

function adoptInIndex(index: IndexSnapshot, built: IndexSnapshot | undefined): IndexSnapshot {
  if (built === undefined || !hasTextInIndex(index)) return index;
  const { where } = built;
  return {
    ...index,
    columns: built.columns,
    ...(index.where !== undefined && where !== undefined && { where }),
  };
}

function byName<Named extends { readonly name: string }>(
  list: readonly Named[],
  name: string,
): Named | undefined {
  return list.find((item) => item.name === name);
}
