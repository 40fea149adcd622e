import { findLostValues } from "./enum-types.js";
import { isFilled, nameColumn } from "./expand-operations.js";
import { listUncast } from "./judge-operation.js";
import { findMadeTable } from "./made-by-statement.js";
import type { Operation, OperationOf, OperationVisitor } from "./operation.js";
import { visitOperation } from "./operation.js";
import { findTable } from "./operation-subject.js";
import { reviewAlteredColumn } from "./review-column.js";
import { buildAddedRules } from "./review-rules.js";
import type { ColumnSnapshot, StatementSnapshot } from "./snapshot.js";
import { buildTableKey } from "./table-key.js";

/** Something to know before a migration is run on tables with rows. */
export interface Review {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  /** A notice is told; a warning should be read before saying yes. */
  readonly severity: "notice" | "warning";
}

/**
 * What the operations destroy, where they can fail on the rows that are there, and what rolling back cannot undo; in the
 * order of the operations.
 *
 * @example
 * reviewOperations([{ kind: "dropTable", table: users }])[0]?.code; // "migration.table.dropped"
 */
export function reviewOperations(operations: readonly Operation[]): readonly Review[] {
  const reviewer: OperationVisitor<readonly Review[]> = {
    ...reviews,
    ...buildAddedRules(operations),
    alterColumn: (operation) => reviewAlteredColumn(operation, operations),
  };
  return withoutNewTables(operations).flatMap((operation) => visitOperation(operation, reviewer));
}

/** A table that is made here has no rows yet, whatever is added to it later on. */
function withoutNewTables(operations: readonly Operation[]): readonly Operation[] {
  const tables = new Set(
    operations.flatMap((operation) => (operation.kind === "createTable" ? [findTable(operation)] : [])),
  );
  return operations.filter((operation) => {
    const table = findTable(operation);
    return table === undefined || !tables.has(table);
  });
}

const nothing = (): readonly Review[] => [];

const reviews = {
  createSchema: nothing,
  dropSchema: nothing,
  createEnum: nothing,
  dropEnum: nothing,
  addEnumValues: ({ after }) => [reviewAddedWords(after.name)],
  replaceEnum: (operation) => reviewReplacedEnum(operation),
  createTable: nothing,
  dropTable: ({ table }) => [reviewDroppedTable(buildTableKey(table))],
  renameTable: ({ from, to }) => [reviewRename(`The table "${from}"`, to)],
  commentTable: nothing,
  addColumn: ({ table, column }) => (isFilled(column) ? [] : [reviewRequiredColumn(table, column)]),
  dropColumn: ({ table, column }) => (column.generatedAs ? [] : [reviewDroppedColumn(table, column)]),
  renameColumn: ({ table, from, to }) => [reviewRename(`The column "${from}" of "${table}"`, to)],
  fillColumn: (operation) => [reviewFill(operation)],
  dropPrimaryKey: nothing,
  dropIndex: nothing,
  dropForeignKey: nothing,
  dropCheck: nothing,
  renameConstraint: nothing,
  addStatement: nothing,
  dropStatement: ({ statement }) => reviewDroppedStatement(statement),
} satisfies Partial<OperationVisitor<readonly Review[]>>;

function reviewAddedWords(type: string): Review {
  return {
    code: "migration.enum.extended",
    message: `The enum type "${type}" gets more words.`,
    hint: "Rolling back stops where a row holds one of them.",
    severity: "notice",
  };
}

function reviewReplacedEnum(operation: OperationOf<"replaceEnum">): readonly Review[] {
  const { before, after, uses } = operation;
  const lost = findLostValues(before, after).map((word) => `"${word}"`);
  if (lost.length === 0 || uses.length === 0) return [];
  if (listUncast(operation).length === 0) return [reviewRecastWords(before.name, lost)];
  return [
    {
      code: "migration.enum.narrowed",
      message: `The enum type "${before.name}" loses ${lost.join(", ")}.`,
      hint: "The migration stops where a row holds what is lost: change such rows first.",
      severity: "warning",
    },
  ];
}

function reviewRecastWords(type: string, lost: readonly string[]): Review {
  return {
    code: "migration.enum.narrowed",
    message: `The enum type "${type}" loses ${lost.join(", ")}, and rows get the words that are said for it.`,
    hint: "Rolling back leaves what they got, and stops where that was no word of the type before.",
    severity: "notice",
  };
}

function reviewDroppedTable(table: string): Review {
  return {
    code: "migration.table.dropped",
    message: `The table "${table}" is deleted with all of its rows.`,
    hint: "Rolling back makes the table again, but not its rows: save them first if they count.",
    severity: "warning",
  };
}

function reviewDroppedStatement({ up }: StatementSnapshot): readonly Review[] {
  const made = findMadeTable(up);
  return made === undefined ? [] : [reviewDroppedTable(made)];
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

/** Who deploys without a pause has the old program and the new schema for a while. */
function reviewRename(subject: string, to: string): Review {
  return {
    code: "migration.renamed",
    message: `${subject} is called "${to}" from then on.`,
    hint: "A program that still runs with the old name fails as soon as the migration has run.",
    severity: "notice",
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

function reviewFill({ table, column, sql }: OperationOf<"fillColumn">): Review {
  return {
    code: "migration.column.filled",
    message: `Rows without ${nameColumn(table, column)} get ${sql}.`,
    hint: "Rolling back leaves what was filled in.",
    severity: "notice",
  };
}
