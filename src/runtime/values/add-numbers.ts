import { formatDecimal, parseDecimal, writeNumber } from "./decimal.js";

/**
 * The sum of an attribute's value, where null and undefined count as 0, and a number; of a decimal, which is a text, to
 * the last digit.
 *
 * @example
 * addNumbers("12.50", 0.25); // "12.75"
 * addNumbers(null, 1); // 1
 */
export function addNumbers(value: unknown, by: number | bigint): unknown {
  if (typeof value === "bigint") return value + BigInt(by);
  if (typeof value === "string") return addDecimals(value, by);
  return Number(value ?? 0) + Number(by);
}

function addDecimals(text: string, by: number | bigint): string {
  const value = parseDecimal(text);
  const added = parseDecimal(typeof by === "number" ? writeNumber(by) : String(by));
  if (value === undefined || added === undefined) return text;
  const scale = Math.max(value.fraction.length, added.fraction.length);
  const [first = 0n, second = 0n] = [value, added].map(({ sign, whole, fraction }) =>
    BigInt(`${sign}${whole}${fraction.padEnd(scale, "0")}`),
  );
  return writeScaled(first + second, scale);
}

function writeScaled(units: bigint, scale: number): string {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, "0");
  const point = digits.length - scale;
  const sum = parseDecimal(`${digits.slice(0, point)}${scale === 0 ? "" : "."}${digits.slice(point)}`);
  return sum === undefined ? "0" : `${units < 0n ? "-" : ""}${formatDecimal(sum)}`;
}
