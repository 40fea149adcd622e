import { sequenceName } from "../../support/constraint-names.js";
import type { ColumnChange } from "./column-change.js";
import { postgresType } from "../../runtime/values/postgres-type.js";
import { quote, quoteSqlName, quoteSqlTextWithoutQuestionMarks } from "./source.js";
import { type Step, line, statement } from "./step.js";
import { isNumbered } from "./table.js";

/**
 * The steps for a column that numbers its rows before and after. Knex's `alter` would drop the default, and with it the
 * numbering, so PostgreSQL is told in its own words; SQLite has one type for such a column and nothing to alter.
 */
export function renderNumberedChange({ table, after, database, parts }: ColumnChange): readonly Step[] {
  if (database === "sqlite") return [];
  const name = quoteSqlName(after.name);
  const comment = quoteSqlTextWithoutQuestionMarks(after.comment ?? "");
  return [
    ...(parts.type ? [raw(alterTable(table, `alter column ${name} type ${postgresType(after.type)}`))] : []),
    ...(parts.comment ? [raw(`comment on column ${quoteSqlName(table)}.${name} is ${comment}`)] : []),
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
  const sequence = quoteSqlName(sequenceName(table, column));
  const [tableName, columnName] = [quoteSqlName(table), quoteSqlName(column)];
  const regclass = quoteSqlTextWithoutQuestionMarks(sequence);
  return [
    raw(`create sequence ${sequence} owned by ${tableName}.${columnName}`),
    raw(`select setval(${regclass}, coalesce(max(${columnName}), 0) + 1, false) from ${tableName}`),
    raw(alterTable(table, `alter column ${columnName} set default nextval(${regclass})`)),
  ];
}

/** The default, which uses the sequence, was dropped with the alteration. */
function stopNumbering(table: string, column: string): readonly Step[] {
  return [raw(`drop sequence if exists ${quoteSqlName(sequenceName(table, column))}`)];
}

function alterTable(table: string, change: string): string {
  return `alter table ${quoteSqlName(table)} ${change}`;
}

function raw(sql: string): Step {
  return statement(`knex.raw(${quote(sql)})`);
}
