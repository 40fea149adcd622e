import type { OperationOf } from "../operation.js";
import type { ColumnSnapshot } from "../snapshot.js";
import { renderCheckCall } from "./check.js";
import { renderColumn, renderColumnWithoutCheck } from "./column.js";
import { renderDefault } from "./default.js";
import { type MigrationDatabase, quote } from "./source.js";
import { type Step, line, statement } from "./step.js";
import { isNumbered, renderIncrements } from "./table.js";

/** The steps that add a column to a table that may hold rows. */
export function renderAddColumn(
  { table, column }: OperationOf<"addColumn">,
  database: MigrationDatabase,
): readonly Step[] {
  if (isNumbered(column)) return [line(table, "add", renderIncrements(column, false))];
  if (database === "sqlite" && hasComputedDefault(column)) return renderAddComputed(table, column);
  const check = renderCheckCall({ table, column, database });
  return [
    line(table, "add", renderColumn({ table, column, database })),
    ...(check === undefined ? [] : [line(table, "rest", check)]),
  ];
}

/** Does the database work the default out for each row? */
export function hasComputedDefault({ default: given }: ColumnSnapshot): boolean {
  return given?.kind === "now" || given?.kind === "uuid";
}

/** SQLite adds no column with a computed default to a table with rows: it is added bare, filled, then altered. */
function renderAddComputed(table: string, column: ColumnSnapshot): readonly Step[] {
  const database = "sqlite";
  const { default: _, ...bare } = { ...column, nullable: true };
  const value = renderDefault(column, database);
  return [
    line(table, "add", renderColumn({ table, column: bare, database })),
    statement(`knex(${quote(table)}).update({ ${quote(column.name)}: ${value} })`),
    line(table, "alter", `${renderColumnWithoutCheck({ table, column, database })}.alter()`),
  ];
}
