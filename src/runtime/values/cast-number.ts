import { accept, refuse, refuseType, type CastResult, type ValuePlace } from "./cast-result.js";

const INTEGER_LIMIT = 2 ** 31;
const BIGINT_LIMIT = 2n ** 63n;

export function castInteger(value: unknown, place: ValuePlace): CastResult {
  const expected = "a whole number of 32 bits";
  if (typeof value !== "number") return refuseType({ place, value, expected });
  if (!Number.isInteger(value)) return refuse({ place, value, expected, code: "value.number.fraction" });
  if (value < -INTEGER_LIMIT || value >= INTEGER_LIMIT) {
    return refuse({ place, value, expected, code: "value.number.range", hint: "bigint() holds 64 bits." });
  }
  return accept(value + 0);
}

export function castBigint(value: unknown, place: ValuePlace): CastResult {
  const expected = "a whole number of 64 bits";
  const number = readBigint(value);
  if (number === undefined) return refuseType({ place, value, expected, ...hintAtDigits(value) });
  if (number < -BIGINT_LIMIT || number >= BIGINT_LIMIT) {
    return refuse({ place, value, expected, code: "value.number.range" });
  }
  return accept(number);
}

/** Longer ones are far out of range, and take time to read. */
const bigintPattern = /^-?0*(\d{1,40})$/;

function readBigint(value: unknown): bigint | undefined {
  if (typeof value === "bigint") return value;
  if (typeof value === "number") return Number.isSafeInteger(value) ? BigInt(value) : undefined;
  return typeof value === "string" && bigintPattern.test(value) ? BigInt(value) : undefined;
}

function hintAtDigits(value: unknown): { hint?: string } {
  if (typeof value !== "number" || !Number.isInteger(value)) return {};
  return { hint: "A number above 2^53 has lost digits: pass a bigint, or its digits as a string." };
}

/** PostgreSQL keeps -0 and SQLite does not, so it becomes 0. */
export function castFloat(value: unknown, place: ValuePlace): CastResult {
  const expected = "a finite number";
  if (typeof value !== "number") return refuseType({ place, value, expected });
  if (!Number.isFinite(value)) return refuse({ place, value, expected, code: "value.number.infinite" });
  return accept(value + 0);
}
