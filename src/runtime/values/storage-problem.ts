import type { AttributeDefinition } from "../attribute-type.js";
import { createValueProblem, type ValueProblem } from "./cast-result.js";
import type { DatabaseKind } from "./database.js";
import { countSignificantDigits, parseDecimal, writeNumber } from "./decimal.js";

/** As many decimal digits as every floating-point number keeps. */
const SQLITE_DIGITS = 15;

/**
 * What keeps a database from holding a canonical value as it is; undefined where it can. SQLite keeps a decimal as a
 * floating-point number.
 *
 * @example
 * findStorageProblem(price, "1234567890123456.78", "sqlite")?.code; // "value.decimal.inexact"
 */
export function findStorageProblem(
  attribute: AttributeDefinition,
  value: unknown,
  database: DatabaseKind,
): ValueProblem | undefined {
  if (database !== "sqlite" || attribute.type.kind !== "decimal") return undefined;
  if (typeof value !== "string" || isExactInSqlite(value)) return undefined;
  return createValueProblem({
    place: { attribute, path: [] },
    code: "value.decimal.inexact",
    expected: `a decimal number of at most ${SQLITE_DIGITS} significant digits on SQLite`,
    value,
    hint: "SQLite keeps it as a floating-point number; PostgreSQL keeps every digit, and so does string() on both.",
  });
}

/** Few digits alone do not do: 1e400 and 1e-400 have one each. */
function isExactInSqlite(text: string): boolean {
  const decimal = parseDecimal(text);
  const stored = parseDecimal(writeNumber(Number(text)));
  return (
    decimal !== undefined &&
    countSignificantDigits(decimal) <= SQLITE_DIGITS &&
    stored?.whole === decimal.whole &&
    stored.fraction === decimal.fraction
  );
}
