import type { OperationOf } from "../operation.js";
import type { ColumnSnapshot, Snapshot } from "../snapshot.js";
import { checkedValues, renderCheckCall, renderCheckIn, renderCheckName } from "./check.js";
import { type ColumnChange, buildColumnChange, needsSql } from "./column-change.js";
import { postgresType } from "../../runtime/values/postgres-type.js";
import { renderColumnWithoutCheck } from "./column.js";
import { renderNullability, renderNumberedChange, renderNumberingChange } from "./numbering.js";
import { isNumbered } from "./numbered-key.js";
import { buildAlterTable } from "./sql/alter.js";
import { quoteName } from "./sql/names.js";
import { type Step, line, raw } from "./step.js";
import type { RenderContext } from "./context.js";
import { renderKept } from "./kept-values.js";
import { renderAlterInSql } from "./alter-column-sql.js";

/** The steps that alter a column; on SQLite only what `needsOwnRebuild` leaves to them. */
export function renderAlterColumn(
  operation: OperationOf<"alterColumn">,
  { database, direction, schema }: RenderContext,
): readonly Step[] {
  const change = buildColumnChange(operation, database);
  return [...(direction === "down" ? renderKept(change) : []), ...renderChange(change, schema)];
}

function renderChange(change: ColumnChange, schema: Snapshot): readonly Step[] {
  if (needsSql(change)) return renderAlterInSql(change, schema);
  if (isNumbered(change.before) && isNumbered(change.after)) return renderNumberedChange(change);
  return [
    ...renderDropCheck(change),
    ...renderCast(change),
    ...renderChangedColumn(change),
    ...renderAddCheck(change),
    ...renderNumberingChange(change),
  ];
}

function renderDropCheck({ table, before, database, parts }: ColumnChange): readonly Step[] {
  if (!parts.check || !checkedValues(before.type, database)) return [];
  return [line(table, "rest", `table.dropChecks(${renderCheckName({ table, column: before })})`)];
}

/** The default is of the old type, so it has to go first; the altered column brings its own. */
function renderCast({ table, after, needsCast }: ColumnChange): readonly Step[] {
  if (!needsCast) return [];
  const [column, type] = [quoteName(after.name), postgresType(after.type)];
  const dropDefault = `alter column ${column} drop default`;
  const alterType = `alter column ${column} type ${type} using (${column}::text::${type})`;
  return [raw(buildAlterTable(table, dropDefault, alterType), "postgres")];
}

function renderChangedColumn(change: ColumnChange): readonly Step[] {
  const { table, after } = change;
  if (changesNullabilityAlone(change)) {
    return [line(table, "rest", renderNullability(after.name, after.nullable))];
  }
  return needsAlter(change) ? [line(table, "alter", renderAltered(change))] : [];
}

function changesNullabilityAlone({ parts, needsCast }: ColumnChange): boolean {
  return parts.nullable && !parts.type && !parts.default && !parts.comment && !parts.check && !needsCast;
}

function needsAlter({ after, parts, needsCast }: ColumnChange): boolean {
  const losesDefault = needsCast && after.default !== undefined;
  return (
    (parts.type && !needsCast) ||
    parts.nullable ||
    parts.default ||
    parts.comment ||
    losesDefault ||
    parts.check
  );
}

function renderAltered(change: ColumnChange): string {
  const { table, after, database, parts } = change;
  const column: ColumnSnapshot = parts.comment
    ? { ...after, comment: after.comment ?? "" }
    : withoutComment(after);
  const check = parts.check ? renderCheckIn({ table, column: after, database }) : "";
  return `${renderColumnWithoutCheck({ table, column, database })}${check}.alter(${renderAlterOptions(change)})`;
}

function withoutComment({ comment: _, ...column }: ColumnSnapshot): ColumnSnapshot {
  return column;
}

/** Knex alters everything unless told not to; on SQLite it makes the column anew in any case. */
function renderAlterOptions({ parts, needsCast, database }: ColumnChange): string {
  if (database === "sqlite") return "";
  const kept = [
    ...(parts.nullable ? [] : ["alterNullable: false"]),
    ...(parts.type && !needsCast ? [] : ["alterType: false"]),
  ];
  return kept.length === 0 ? "" : `{ ${kept.join(", ")} }`;
}

function renderAddCheck({ table, after, database, parts }: ColumnChange): readonly Step[] {
  const check = parts.check ? renderCheckCall({ table, column: after, database }) : undefined;
  return check === undefined ? [] : [line(table, "rest", check)];
}
