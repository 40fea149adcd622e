import { isFilled } from "../expand-operations.js";
import type { OperationOf } from "../operation.js";
import { renderSchema, renderTableName } from "./call.js";
import { type ColumnContext, buildColumnCheck, renderCheckCall } from "./check.js";
import { renderColumn } from "./column.js";
import type { RenderContext } from "./context.js";
import { renderWhereEmpty } from "./guard.js";
import { isNumbered } from "./numbered-key.js";
import { isPlainColumn, isPlainKey } from "./plain.js";
import { indent } from "./source.js";
import { buildColumn } from "./sql/column.js";
import { buildCommentOnColumn } from "./sql/comment.js";
import { buildCheck } from "./sql/constraint.js";
import { quoteName, quoteTable } from "./sql/names.js";
import { type Step, joinSteps, line, raw } from "./step.js";
import { renderIncrements } from "./table.js";

/** The steps that add a column to a table that may hold rows. */
export function renderAddColumn(
  { table, column }: OperationOf<"addColumn">,
  { database, direction }: RenderContext,
): readonly Step[] {
  const context = { table, column, database };
  return direction === "down" && !isFilled(column) ? [renderComeback(context)] : renderAdded(context);
}

function renderAdded(context: ColumnContext): readonly Step[] {
  const { table, column, database } = context;
  if (!isPlainKey(table) || !isPlainColumn(column)) return renderInSql(context);
  if (isNumbered(column)) return [line(table, "add", renderIncrements(column, false))];
  const check = renderCheckCall({ table, column, database });
  return [
    line(table, "add", renderColumn({ table, column, database })),
    ...(check === undefined ? [] : [line(table, "rest", check)]),
  ];
}

function renderInSql(context: ColumnContext): readonly Step[] {
  const { table, column, database } = context;
  const check = buildColumnCheck(context);
  const constraint = check === undefined ? "" : ` ${buildCheck(check)}`;
  const added = `alter table ${quoteTable(table)} add column ${buildColumn(column, database)}${constraint}`;
  const isCommented = column.comment !== undefined && database === "postgres";
  return [
    raw(added, database),
    ...(isCommented ? [raw(buildCommentOnColumn(table, column.name, column.comment), database)] : []),
  ];
}

/** A dropped column comes back; what its rows held does not. */
function renderComeback(context: ColumnContext): Step {
  const { table, column, database } = context;
  const why = `What "${column.name}" held is gone: where there are rows, the column comes back without NOT NULL.`;
  return renderWhereEmpty({ table, why }, renderComebackStatements(context), database);
}

function renderComebackStatements(context: ColumnContext): readonly string[] {
  const { table, column, database } = context;
  if (isPlainKey(table) && isPlainColumn(column)) {
    const lines = [`${renderColumn({ ...context, requiredWhere: "isEmpty" })};`];
    const check = renderCheckCall(context);
    if (check !== undefined) lines.push(`${check};`);
    const alter = `await ${renderSchema(table)}.alterTable(${renderTableName(table)}, (table) => {`;
    return [[alter, ...indent(lines), "});"].join("\n")];
  }
  const bare = { ...context, column: { ...column, nullable: true } };
  const required = `alter table ${quoteTable(table)} alter column ${quoteName(column.name)} set not null`;
  return [
    ...joinSteps(renderInSql(bare)),
    ...joinSteps([raw(required, database)]).map((text) => `if (isEmpty) ${text}`),
  ];
}
