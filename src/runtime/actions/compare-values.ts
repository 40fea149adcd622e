import type { AttributeType } from "../attribute-type.js";
import { parseDecimal, writeNumber } from "../values/decimal.js";
import { createValueKey } from "../values/value-key.js";

/**
 * Below 0, 0 or above it as one value is less, as much or more than the other; undefined where they do not compare.
 * Decimals are told by what they are worth, texts by their order in Unicode.
 *
 * @example
 * compareValues({ kind: "decimal" }, "12.50", 2); // 1
 */
export function compareValues(type: AttributeType, left: unknown, right: unknown): number | undefined {
  if (type.kind === "decimal") return compareDecimals(left, right);
  const [first, second] = [toComparable(left), toComparable(right)];
  if (typeof first === "string" ? typeof second !== "string" : typeof second === "string") return undefined;
  if (first === undefined || second === undefined) return undefined;
  if (first < second) return -1;
  return first > second ? 1 : first === second || Number(first) === Number(second) ? 0 : undefined;
}

/** Are two values of a type the same? */
export function areEqual(type: AttributeType, left: unknown, right: unknown): boolean {
  if ((left ?? null) === null || (right ?? null) === null) return (left ?? null) === (right ?? null);
  const order = compareValues(type, left, right);
  if (order !== undefined) return order === 0;
  if (typeof left !== typeof right || Array.isArray(left) !== Array.isArray(right)) return false;
  const keyOf = createValueKey(type);
  return keyOf(left) === keyOf(right);
}

function toComparable(value: unknown): string | number | bigint | undefined {
  if (value instanceof Date) return value.getTime();
  return typeof value === "string" || typeof value === "number" || typeof value === "bigint"
    ? value
    : undefined;
}

/** As whole numbers of as many digits after the point as the longer one has. */
function compareDecimals(left: unknown, right: unknown): number | undefined {
  const [first, second] = [left, right].map((value) => parseDecimal(writeDigits(value)));
  if (first === undefined || second === undefined) return undefined;
  const scale = Math.max(first.fraction.length, second.fraction.length);
  const [one, other] = [first, second].map(({ sign, whole, fraction }) =>
    BigInt(`${sign}${whole}${fraction.padEnd(scale, "0")}`),
  );
  if (one === undefined || other === undefined || one === other) return 0;
  return one < other ? -1 : 1;
}

function writeDigits(value: unknown): string {
  return typeof value === "number" ? writeNumber(value) : String(value);
}
