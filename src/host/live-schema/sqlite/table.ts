import type {
  CheckSnapshot,
  ColumnDefault,
  ColumnSnapshot,
  IndexSnapshot,
  PrimaryKeySnapshot,
  TableSnapshot,
} from "../../../migrations/snapshot.js";
import type { AttributeType } from "../../../runtime/attribute-type.js";
import { checkName, indexName, primaryKeyName } from "../../../support/constraint-names.js";
import { removeParentheses } from "../postgres/literal.js";
import { readColumnDefault } from "./column-default.js";
import { readColumnType } from "./column-type.js";
import { foldEnumChecks } from "./enum-check.js";
import { readForeignKeys } from "./foreign-keys.js";
import type { ColumnRow, IndexRow } from "./master.js";
import { parseIndex } from "./parse-index.js";
import { hasColumns, isSame, listKind, type TableRows } from "./table-rows.js";

/** The table as a snapshot says it. A constraint that was made without a name gets the one that ashlar would give. */
export function readTable(rows: TableRows): TableSnapshot {
  const { name } = rows.table;
  const primaryKey = readPrimaryKey(rows);
  const folded = foldEnumChecks(name, {
    columns: rows.columns.map((row) => readColumn(row, rows)),
    checks: readChecks(rows),
  });
  return {
    name,
    columns: folded.columns,
    ...(primaryKey && { primaryKey }),
    indexes: rows.indexes.filter(({ origin }) => origin !== "pk").map((row) => readIndex(row, rows)),
    foreignKeys: readForeignKeys(rows),
    ...(folded.checks.length > 0 && { checks: folded.checks }),
  };
}

function readPrimaryKey(rows: TableRows): PrimaryKeySnapshot | undefined {
  const key = rows.columns.filter((row) => row.key > 0).toSorted((one, other) => one.key - other.key);
  if (key.length === 0) return undefined;
  const name = listKind(rows, "primaryKey")[0]?.name ?? primaryKeyName(rows.table.name);
  return { name, columns: key.map((row) => row.name) };
}

function readColumn(row: ColumnRow, rows: TableRows): ColumnSnapshot {
  const collation = listKind(rows, "collate").find(({ column }) => isSame(column, row.name))?.collation;
  const type = readColumnType(row.type, collation);
  const given = readDefault(row, type, rows);
  const generated = listKind(rows, "generated").find(({ column }) => isSame(column, row.name));
  return {
    name: row.name,
    type,
    nullable: row.required === 0 && row.key === 0,
    ...(given && { default: given }),
    ...(generated && { generatedAs: removeParentheses(generated.sql) }),
    ...(generated?.isStored === false && { virtual: true }),
  };
}

function readDefault(row: ColumnRow, type: AttributeType, rows: TableRows): ColumnDefault | undefined {
  return isNumbered(row, rows) ? { kind: "increment" } : readColumnDefault(row.default, type);
}

/**
 * Is it the number of the row, which SQLite gives by itself? A key that refers to another table takes its value from
 * there, though SQLite would number it too.
 */
function isNumbered({ name, type, key }: ColumnRow, rows: TableRows): boolean {
  if (key !== 1 || type.toLowerCase() !== "integer") return false;
  const said = listKind(rows, "primaryKey")[0];
  const isReference = rows.foreignKeys.some(({ from }) => isSame(from, name));
  return said?.isInline === true && (said.autoincrement || !isReference);
}

function readChecks(rows: TableRows): readonly CheckSnapshot[] {
  const taken = new Set<string>();
  const checks = listKind(rows, "check").map(({ name, column, sql }) => {
    const chosen = findFree(name ?? checkName(rows.table.name, column ?? "row"), taken);
    taken.add(chosen);
    return { name: chosen, sql: removeParentheses(sql) };
  });
  return checks.toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

function findFree(name: string, taken: ReadonlySet<string>): string {
  for (let count = 0; ; count += 1) {
    const candidate = count === 0 ? name : `${name}${count}`;
    if (!taken.has(candidate)) return candidate;
  }
}

function readIndex(row: IndexRow, rows: TableRows): IndexSnapshot {
  const unique = row.unique === 1;
  if (row.sql !== null) {
    const { columns, where } = parseIndex(row.sql);
    return { name: row.name, columns, unique, ...(where !== undefined && { where }) };
  }
  const listed: readonly unknown[] = JSON.parse(row.columns);
  const columns = listed.map(String);
  const name = listKind(rows, "unique").find((constraint) => hasColumns(constraint.columns, columns))?.name;
  return { name: name ?? indexName(row.table, columns), columns, unique, constraint: true };
}
