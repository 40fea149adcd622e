import type { OperationOf } from "../operation.js";
import { buildTableKey, parseTableKey } from "../table-key.js";
import { renderSchema } from "./call.js";
import type { RenderContext } from "./context.js";
import { isPlainKey } from "./plain.js";
import { type MigrationDatabase, quote } from "./source.js";
import { buildAlterTable, buildDropIndex } from "./sql/alter.js";
import { buildIndex } from "./sql/constraint.js";
import { isPlainToKnex, quoteBeside, quoteName, quoteTable, quoteText } from "./sql/names.js";
import { type Step, line, raw, statement } from "./step.js";

/** The steps that give a table another name, another schema, or both. */
export function renderRenameTable(
  { from, to }: OperationOf<"renameTable">,
  database: MigrationDatabase,
): readonly Step[] {
  const [before, after] = [parseTableKey(from), parseTableKey(to)];
  const isMoved = before.schema !== after.schema;
  const place = buildTableKey({ ...after, name: before.name });
  return [
    ...(isMoved ? [raw(buildMove(from, after.schema), database)] : []),
    ...(before.name === after.name ? [] : [renderNewName(place, after.name, database)]),
  ];
}

/** Which schema is the connection's own is known where it is run. */
function buildMove(table: string, schema: string | undefined): string {
  if (schema !== undefined) return `alter table ${quoteTable(table)} set schema ${quoteName(schema)}`;
  const move = `format('alter table %s set schema %I', ${quoteText(quoteTable(table))}, current_schema())`;
  return `do $move$ begin execute ${move}; end $move$`;
}

function renderNewName(table: string, name: string, database: MigrationDatabase): Step {
  if (!isPlainKey(table) || !isPlainToKnex(name)) {
    return raw(`alter table ${quoteTable(table)} rename to ${quoteName(name)}`, database);
  }
  return statement(`${renderSchema(table)}.renameTable(${quote(parseTableKey(table).name)}, ${quote(name)})`);
}

/** The step that gives a column another name. */
export function renderRenameColumn(
  { table, from, to }: OperationOf<"renameColumn">,
  database: MigrationDatabase,
): Step {
  if (isPlainKey(table) && isPlainToKnex(from) && isPlainToKnex(to)) {
    return line(table, "rest", `table.renameColumn(${quote(from)}, ${quote(to)})`);
  }
  return raw(buildAlterTable(table, `rename column ${quoteName(from)} to ${quoteName(to)}`), database);
}

/** The steps that give a constraint, an index or a sequence another name; SQLite makes the index anew. */
export function renderRenameConstraint(
  { table, renamed }: OperationOf<"renameConstraint">,
  { database, schema }: RenderContext,
): readonly Step[] {
  const { kind, from, to } = renamed;
  if (database === "postgres") return [raw(buildNewConstraintName(table, renamed), database)];
  const index = kind === "index" ? schema.get(table)?.indexes.find(({ name }) => name === from) : undefined;
  if (!index) return [];
  return [buildDropIndex(table, from), buildIndex(table, { ...index, name: to })].map((sql) =>
    raw(sql, database),
  );
}

function buildNewConstraintName(
  table: string,
  { kind, from, to }: OperationOf<"renameConstraint">["renamed"],
): string {
  const isBeside = kind === "index" || kind === "sequence";
  return isBeside
    ? `alter ${kind} ${quoteBeside(table, from)} rename to ${quoteName(to)}`
    : buildAlterTable(table, `rename constraint ${quoteName(from)} to ${quoteName(to)}`);
}
