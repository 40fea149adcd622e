import type { ColumnChange } from "./column-change.js";
import { postgresType } from "../../runtime/values/postgres-type.js";
import { isNumbered } from "./numbered-key.js";
import { quote } from "./source.js";
import { buildAlterTable } from "./sql/alter.js";
import { quoteSequence } from "./sql/column.js";
import { buildCommentOnColumn } from "./sql/comment.js";
import { quoteName, quoteTable, quoteText } from "./sql/names.js";
import { type Step, line, raw as rawFor } from "./step.js";

/**
 * The steps for a column that numbers its rows before and after. Knex's `alter` would drop the default, and with it the
 * numbering, so PostgreSQL is told in its own words; SQLite has one type for such a column and nothing to alter.
 */
export function renderNumberedChange({ table, after, database, parts }: ColumnChange): readonly Step[] {
  if (database === "sqlite") return [];
  const type = `alter column ${quoteName(after.name)} type ${postgresType(after.type)}`;
  return [
    ...(parts.type ? [raw(buildAlterTable(table, type))] : []),
    ...(parts.comment ? [raw(buildCommentOnColumn(table, after.name, after.comment))] : []),
    ...(parts.nullable ? [line(table, "rest", renderNullability(after.name, after.nullable))] : []),
  ];
}

/** The line that makes a column nullable, or no longer so. */
export function renderNullability(column: string, nullable: boolean): string {
  return `table.${nullable ? "setNullable" : "dropNullable"}(${quote(column)})`;
}

/** The steps for a column that starts or stops numbering its rows, after all else about it was altered. */
export function renderNumberingChange({ table, before, after }: ColumnChange): readonly Step[] {
  if (isNumbered(before) === isNumbered(after)) return [];
  return isNumbered(after) ? startNumbering(table, after.name) : stopNumbering(table, after.name);
}

/** What `increments` does for a new column, done for one that has values. */
function startNumbering(table: string, column: string): readonly Step[] {
  const sequence = quoteSequence(table, column);
  const [tableName, columnName, regclass] = [quoteTable(table), quoteName(column), quoteText(sequence)];
  return [
    raw(`create sequence ${sequence} owned by ${tableName}.${columnName}`),
    raw(`select setval(${regclass}, coalesce(max(${columnName}), 0) + 1, false) from ${tableName}`),
    raw(buildAlterTable(table, `alter column ${columnName} set default nextval(${regclass})`)),
  ];
}

/** The default, which uses the sequence, was dropped with the alteration. */
function stopNumbering(table: string, column: string): readonly Step[] {
  return [raw(`drop sequence if exists ${quoteSequence(table, column)}`)];
}

function raw(sql: string): Step {
  return rawFor(sql, "postgres");
}
