import type { TypeOf } from "./visit-type.js";

/** A decimal number without the zeros that say nothing: -12.50 is { sign: "-", whole: "12", fraction: "5" }. */
export interface Decimal {
  readonly sign: "" | "-";
  readonly whole: string;
  readonly fraction: string;
}

/** The leading zeros are taken off afterwards: `0*\d+` takes time by the square of a long text of zeros. */
const decimalPattern = /^([+-]?)(\d+)(?:\.(\d+))?$/;

/** Undefined for what is not digits, with a point and more digits at most. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = decimalPattern.exec(text);
  if (match === null) return undefined;
  const [, sign, integer = "", digits = ""] = match;
  const whole = integer.replace(/^0+(?=\d)/, "");
  const fraction = trimZeros(digits);
  const isZero = whole === "0" && fraction === "";
  return { sign: sign === "-" && !isZero ? "-" : "", whole, fraction };
}

/**
 * With the digits after the point that are asked for, or those there are.
 *
 * @example
 * formatDecimal({ sign: "", whole: "12", fraction: "5" }, 2); // "12.50"
 */
export function formatDecimal({ sign, whole, fraction }: Decimal, scale = 0): string {
  const digits = fraction.padEnd(scale, "0");
  return digits === "" ? sign + whole : `${sign}${whole}.${digits}`;
}

/** Digits after the point, where the declaration fixes them: PostgreSQL knows no scale without a precision. */
export function findScale({ precision, scale = 0 }: TypeOf<"decimal">): number | undefined {
  return precision === undefined ? undefined : scale;
}

/** How many digits count, from the first to the last that is not zero. */
export function countSignificantDigits({ whole, fraction }: Decimal): number {
  return trimZeros(`${whole}${fraction}`.replace(/^0+/, "")).length;
}

/** A number as digits without an exponent; `NaN` and `Infinity` as they are. */
export function writeNumber(value: number): string {
  const [mantissa = "", exponent] = String(value).split("e");
  if (exponent === undefined) return mantissa;
  const [whole = "", fraction = ""] = mantissa.replace("-", "").split(".");
  return (value < 0 ? "-" : "") + movePoint(whole, fraction, Number(exponent));
}

function movePoint(whole: string, fraction: string, places: number): string {
  if (places < 0) return `0.${"0".repeat(-places - whole.length)}${whole}${fraction}`;
  return `${whole}${fraction.padEnd(places, "0")}`;
}

/** A loop: on a text such as "000…1" the pattern /0+$/ takes time by the square of its length. */
function trimZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === "0") end -= 1;
  return digits.slice(0, end);
}
