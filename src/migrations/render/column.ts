import { type ColumnContext, renderCheckIn } from "./check.js";
import { renderColumnType } from "./column-type.js";
import { renderDefault } from "./default.js";
import { quote } from "./source.js";

/**
 * A column as a call on Knex's table builder, without the semicolon.
 *
 * @example
 * renderColumn({ table: "users", column, database: "postgres" }); // `table.string("email").notNullable()`
 */
export function renderColumn(context: ColumnContext): string {
  return renderColumnWithoutCheck(context) + renderCheckIn(context);
}

/** As `renderColumn`, for a column whose check stays as it is. */
export function renderColumnWithoutCheck(context: ColumnContext): string {
  const { column, database } = context;
  const columnDefault = renderDefault(column, database);
  return [
    `table.${renderColumnType(column, database)}`,
    column.nullable ? "" : renderRequired(context),
    columnDefault === undefined ? "" : `.defaultTo(${columnDefault})`,
    column.comment === undefined ? "" : renderComment(column.comment),
  ].join("");
}

function renderRequired({ requiredWhere }: ColumnContext): string {
  return requiredWhere === undefined ? ".notNullable()" : `[${requiredWhere} ? "notNullable" : "nullable"]()`;
}

/**
 * The modifier for a comment. Knex escapes an apostrophe only where it stands alone, and takes a question mark for the
 * place of a value unless a backslash stands before it.
 */
export function renderComment(comment: string): string {
  const apostrophes = comment.includes("''") ? comment.replaceAll("'", "''") : comment;
  return `.comment(${quote(apostrophes.replaceAll("?", "\\?"))})`;
}
