import type { AttributeType } from "../runtime/attribute-type.js";
import type { Review } from "./review.js";
import type { ColumnSnapshot } from "./snapshot.js";

/** Where the change of a column can fail, or change values, in the rows that are there. */
export function reviewAlteredColumn(
  table: string,
  before: ColumnSnapshot,
  after: ColumnSnapshot,
): readonly Review[] {
  const column = `The column "${after.name}" of "${table}"`;
  return [
    ...(isOtherType(before.type, after.type) ? [reviewType(column, before, after)] : []),
    ...(isNarrower(before.type, after.type) ? [reviewNarrowing(column)] : []),
    ...(before.nullable && !after.nullable ? [reviewRequirement(column, after)] : []),
  ];
}

function isOtherType(before: AttributeType, after: AttributeType): boolean {
  if (before.kind === "array" && after.kind === "array") return isOtherType(before.of, after.of);
  return before.kind !== after.kind;
}

function reviewType(column: string, before: ColumnSnapshot, after: ColumnSnapshot): Review {
  return {
    code: "migration.column.type",
    message: `${column} changes from ${nameType(before.type)} to ${nameType(after.type)}.`,
    hint: "The migration fails where a value cannot be read as the new type; rolling back may not give back the old values.",
    severity: "warning",
  };
}

function nameType(type: AttributeType): string {
  return type.kind === "array" ? `${nameType(type.of)}[]` : type.kind;
}

function isNarrower(before: AttributeType, after: AttributeType): boolean {
  if (before.kind === "string" && after.kind === "string") return lengthOf(after) < lengthOf(before);
  if (before.kind === "enum" && after.kind === "enum") {
    return before.values.some((value) => !after.values.includes(value));
  }
  if (before.kind === "decimal" && after.kind === "decimal") return isLessPrecise(before, after);
  return before.kind === "array" && after.kind === "array" && isNarrower(before.of, after.of);
}

function lengthOf({ length = 255 }: Extract<AttributeType, { kind: "string" }>): number {
  return length;
}

type Decimal = Extract<AttributeType, { kind: "decimal" }>;

function isLessPrecise(before: Decimal, after: Decimal): boolean {
  return wholeDigits(after) < wholeDigits(before) || scaleOf(after) < scaleOf(before);
}

function wholeDigits({ precision = Infinity, scale = 0 }: Decimal): number {
  return precision - scale;
}

function scaleOf({ precision, scale = 0 }: Decimal): number {
  return precision === undefined ? Infinity : scale;
}

function reviewNarrowing(column: string): Review {
  return {
    code: "migration.column.narrowed",
    message: `${column} takes fewer values than before.`,
    hint: "The migration fails, or rounds, where a row holds a value that no longer fits.",
    severity: "warning",
  };
}

function reviewRequirement(column: string, { name }: ColumnSnapshot): Review {
  return {
    code: "migration.column.required",
    message: `${column} becomes required.`,
    hint: `The migration fails where a row has no value: fill "${name}" in first.`,
    severity: "warning",
  };
}
