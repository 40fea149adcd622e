import { findIndexColumns } from "./index-columns.js";
import { type Operation, type OperationVisitor, visitOperation } from "./operation.js";
import { reviewAlteredColumn } from "./review-column.js";
import type { ColumnSnapshot } from "./snapshot.js";

/** Something to know before a migration is run on tables with rows. */
export interface Review {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  /** A notice is told; a warning should be read before saying yes. */
  readonly severity: "notice" | "warning";
}

/**
 * What the operations destroy, and where they can fail on the rows that are there; in the order of the operations.
 *
 * @example
 * reviewOperations([{ kind: "dropTable", table: users }])[0]?.code; // "migration.table.dropped"
 */
export function reviewOperations(operations: readonly Operation[]): readonly Review[] {
  const reviewer = reviewerFor(operations);
  return operations.flatMap((operation) => visitOperation(operation, reviewer));
}

const nothing = (): readonly Review[] => [];

const silent = {
  createSchema: nothing,
  dropSchema: nothing,
  createEnum: nothing,
  dropEnum: nothing,
  addEnumValues: nothing,
  replaceEnum: nothing,
  createTable: nothing,
  renameTable: nothing,
  commentTable: nothing,
  renameColumn: nothing,
  fillColumn: nothing,
  dropPrimaryKey: nothing,
  dropIndex: nothing,
  dropForeignKey: nothing,
  addCheck: nothing,
  dropCheck: nothing,
  renameConstraint: nothing,
  addStatement: nothing,
  dropStatement: nothing,
};

function reviewerFor(operations: readonly Operation[]): OperationVisitor<readonly Review[]> {
  const emptyColumns = findEmptyColumns(operations);
  const areEmpty = (table: string, columns: readonly string[]) =>
    columns.some((column) => emptyColumns.has(`${table}.${column}`));
  return {
    ...silent,
    dropTable: ({ table }) => [reviewDroppedTable(table.name)],
    addColumn: ({ table, column }) => (isFilled(column) ? [] : [reviewRequiredColumn(table, column)]),
    dropColumn: ({ table, column }) => [reviewDroppedColumn(table, column)],
    alterColumn: ({ table, before, after }) => reviewAlteredColumn(table, before, after),
    addPrimaryKey: ({ table, primaryKey }) => [reviewKey(table, primaryKey.columns, "the primary key of")],
    addIndex: ({ table, index }) =>
      index.unique && !areEmpty(table, findIndexColumns(index))
        ? [reviewKey(table, findIndexColumns(index), "unique in")]
        : [],
    addForeignKey: ({ table, foreignKey: { columns, references } }) =>
      areEmpty(table, columns) ? [] : [reviewForeignKey(table, columns, references.table)],
  };
}

/** New columns without a value in any row: no unique index or foreign key can fail over them. */
function findEmptyColumns(operations: readonly Operation[]): ReadonlySet<string> {
  const names = operations.flatMap((operation) =>
    operation.kind === "addColumn" && !operation.column.default
      ? [`${operation.table}.${operation.column.name}`]
      : [],
  );
  return new Set(names);
}

/** Does the database know what to put into the rows that are there? */
function isFilled(column: ColumnSnapshot): boolean {
  return column.nullable || column.default !== undefined;
}

function reviewDroppedTable(table: string): Review {
  return {
    code: "migration.table.dropped",
    message: `The table "${table}" is deleted with all of its rows.`,
    hint: "Rolling back makes the table again, but not its rows: save them first if they count.",
    severity: "warning",
  };
}

function reviewDroppedColumn(table: string, column: ColumnSnapshot): Review {
  return {
    code: "migration.column.dropped",
    message: `The column "${column.name}" of "${table}" is deleted with all of its values.`,
    hint: isFilled(column)
      ? "Rolling back makes the column again, but not its values: save them first if they count."
      : "Rolling back fails once the table has rows, since the column was required: save its values first.",
    severity: "warning",
  };
}

function reviewRequiredColumn(table: string, { name }: ColumnSnapshot): Review {
  return {
    code: "migration.column.required",
    message: `The column "${name}" of "${table}" is required and has no default.`,
    hint: `The migration fails where "${table}" has rows: give the attribute a default, or leave out "required" at first.`,
    severity: "warning",
  };
}

function reviewKey(table: string, columns: readonly string[], role: string): Review {
  return {
    code: "migration.key.added",
    message: `${listNames(columns)} becomes ${role} "${table}".`,
    hint: "The migration fails where two rows hold the same values.",
    severity: "notice",
  };
}

function reviewForeignKey(table: string, columns: readonly string[], destination: string): Review {
  return {
    code: "migration.foreign_key.added",
    message: `${listNames(columns)} of "${table}" has to refer to a row of "${destination}".`,
    hint: "The migration fails where it refers to none.",
    severity: "notice",
  };
}

function listNames(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(" with ");
}
