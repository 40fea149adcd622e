import { hasSameContent } from "../../src/migrations/canonical-json.js";
import { isHeldAlike } from "../../src/migrations/disturbance.js";
import { isGeneratedAlike } from "../../src/migrations/is-generated-alike.js";
import { enumOf } from "../../src/migrations/enum-types.js";
import { findIndexColumns, hasIndexSql } from "../../src/migrations/index-columns.js";
import type { Operation } from "../../src/migrations/operation.js";
import type { ColumnSnapshot, TableSnapshot } from "../../src/migrations/snapshot.js";
import { isNamedIn } from "../../src/migrations/sql-words.js";
import { buildTableKey } from "../../src/migrations/table-key.js";
import type { ModelState } from "./model-database.js";

/** Why a database refuses a change of a table's columns; undefined where it takes it or it is another change. */
export function refuseColumnChange(
  state: ModelState,
  table: TableSnapshot,
  operation: Operation,
): string | undefined {
  switch (operation.kind) {
    case "addColumn":
      return refuseAdd(state, table, operation.column);
    case "dropColumn":
      return refuseDrop(state, table, operation.column);
    case "renameColumn":
      if (!find(table, operation.from)) return "the column is missing";
      return find(table, operation.to) ? "the column exists" : undefined;
    case "alterColumn":
      return refuseAlter(state, table, operation);
    case "fillColumn":
      return find(table, operation.column) ? undefined : "the column is missing";
    default:
      return undefined;
  }
}

function find({ columns }: TableSnapshot, wanted: string): ColumnSnapshot | undefined {
  return columns.find(({ name }) => name === wanted);
}

function refuseAdd(state: ModelState, table: TableSnapshot, column: ColumnSnapshot): string | undefined {
  if (find(table, column.name)) return "the column exists";
  return refuseType(state, column) ?? refuseExpression(table, column);
}

function refuseType({ enums }: ModelState, { type }: ColumnSnapshot): string | undefined {
  const used = enumOf(type);
  return used && !hasSameContent(enums.get(used.name), used) ? "the enum type is missing" : undefined;
}

/** The expressions of the tests quote every column. */
function refuseExpression(table: TableSnapshot, { generatedAs = "" }: ColumnSnapshot): string | undefined {
  const names = [...generatedAs.matchAll(/"([^"]+)"/g)].flatMap(([, name = ""]) => name);
  return names.every((name) => find(table, name)) ? undefined : "a column of the expression is missing";
}

function refuseDrop(state: ModelState, table: TableSnapshot, column: ColumnSnapshot): string | undefined {
  if (!hasSameContent(find(table, column.name), column)) return "the column is another";
  const { name } = column;
  if (table.primaryKey?.columns.includes(name)) return "the primary key holds the column";
  if (table.indexes.some((index) => holds(index, name))) return "an index holds the column";
  if (table.checks?.some(({ sql }) => isNamedIn(sql, name))) return "a check holds the column";
  if (isGeneratedFrom(table, name)) return "a generated column needs the column";
  return isReferring(state, table, name) ? "a foreign key holds the column" : undefined;
}

function holds(index: TableSnapshot["indexes"][number], column: string): boolean {
  const columns = findIndexColumns(index);
  return columns.includes(column) || columns.includes(column.toLowerCase());
}

function isGeneratedFrom({ columns }: TableSnapshot, name: string): boolean {
  return columns.some(({ generatedAs = "" }) => isNamedIn(generatedAs, name));
}

function isReferring({ tables }: ModelState, table: TableSnapshot, column: string): boolean {
  const key = buildTableKey(table);
  return (
    table.foreignKeys.some(({ columns }) => columns.includes(column)) ||
    [...tables.values()].some(({ foreignKeys }) =>
      foreignKeys.some(({ references }) => references.table === key && references.columns.includes(column)),
    )
  );
}

function refuseAlter(
  state: ModelState,
  table: TableSnapshot,
  { before, after }: Extract<Operation, { kind: "alterColumn" }>,
): string | undefined {
  const { name } = after;
  if (!hasSameContent(find(table, name), before)) return "the column is another";
  if (after.nullable && table.primaryKey?.columns.includes(name)) return "the primary key holds the column";
  if (before.generatedAs === undefined && after.generatedAs !== undefined) {
    // Only the way down does: it makes the column anew.
    return refuseDrop(state, table, before);
  }
  if (before.generatedAs !== undefined && after.generatedAs !== undefined)
    return refuseGenerated(before, after);
  if (hasSameContent(before.type, after.type)) return undefined;
  if (isGeneratedFrom(table, name)) return "a generated column needs the column";
  return isHeldAlike(before.type, after.type)
    ? refuseType(state, after)
    : (refuseType(state, after) ?? refuseRetype(state, table, name));
}

function refuseGenerated(before: ColumnSnapshot, after: ColumnSnapshot): string | undefined {
  return hasSameContent(before.type, after.type) && isGeneratedAlike(before, after)
    ? undefined
    : "a generated column cannot change";
}

function refuseRetype(state: ModelState, table: TableSnapshot, name: string): string | undefined {
  if (table.checks?.some(({ sql }) => isNamedIn(sql, name))) return "a check was read with the old type";
  if (table.indexes.some((index) => hasIndexSql(index) && holds(index, name))) {
    return "an index was read with the old type";
  }
  return isReferring(state, table, name) ? "a foreign key holds the column" : undefined;
}
