import type { Operation, OperationOf } from "./operation.js";
import type { Review } from "./review.js";
import { classifyTypeChange, isSameKind, nameType } from "./type-change.js";

/**
 * Where the change of a column can fail, or change values, in the rows that are there.
 *
 * @param operations all that are done, which may add the column or give a value to the rows that have none
 */
export function reviewAlteredColumn(
  operation: OperationOf<"alterColumn">,
  operations: readonly Operation[],
): readonly Review[] {
  const { table, before, after, using } = operation;
  const column = `The column "${after.name}" of "${table}"`;
  const isNarrowed = classifyTypeChange(before.type, after.type) !== "safe" && using === undefined;
  return [
    ...(isSameKind(before.type, after.type) ? [] : [reviewType(column, operation, isNarrowed)]),
    ...(isSameKind(before.type, after.type) && isNarrowed ? [reviewNarrowing(column)] : []),
    ...(before.nullable && !after.nullable ? reviewRequirement(column, operation, operations) : []),
  ];
}

function reviewType(
  column: string,
  { before, after }: OperationOf<"alterColumn">,
  isNarrowed: boolean,
): Review {
  return {
    code: "migration.column.type",
    message: `${column} changes from ${nameType(before.type)} to ${nameType(after.type)}.`,
    hint: isNarrowed
      ? "The migration fails where a value cannot be read as the new type; rolling back may not give back the old values."
      : "Rolling back fails, or changes values, where one does not fit the old type.",
    severity: isNarrowed ? "warning" : "notice",
  };
}

function reviewNarrowing(column: string): Review {
  return {
    code: "migration.column.narrowed",
    message: `${column} takes fewer values than before.`,
    hint: "The migration fails, or rounds, where a row holds a value that no longer fits.",
    severity: "warning",
  };
}

function reviewRequirement(
  column: string,
  { table, after: { name } }: OperationOf<"alterColumn">,
  operations: readonly Operation[],
): readonly Review[] {
  const onColumn = operations.filter(
    (each) =>
      (each.kind === "fillColumn" && each.table === table && each.column === name) ||
      (each.kind === "addColumn" && each.table === table && each.column.name === name),
  );
  if (onColumn.some(({ kind }) => kind === "fillColumn")) return [];
  const isNew = onColumn.length > 0;
  return [
    {
      code: "migration.column.required",
      message: `${column} becomes required.`,
      hint: isNew
        ? `The migration fails where "${table}" has rows: --fill gives them a value.`
        : `The migration fails where a row has no value: fill "${name}" in first.`,
      severity: "warning",
    },
  ];
}
