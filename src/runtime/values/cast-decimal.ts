import {
  accept,
  refuse,
  refuseType,
  type CastResult,
  type Refusal,
  type Refused,
  type ValuePlace,
} from "./cast-result.js";
import { findScale, formatDecimal, parseDecimal, writeNumber, type Decimal } from "./decimal.js";
import type { TypeOf } from "./visit-type.js";

/** As many as PostgreSQL lets a declaration ask for. */
const MAXIMUM_DIGITS = 1000;

export function castDecimal(value: unknown, place: ValuePlace, type: TypeOf<"decimal">): CastResult {
  const expected = 'a decimal number as a string, such as "12.50"';
  if (typeof value !== "string") return refuseType({ place, value, expected, ...hintAtString(value) });
  const decimal = parseDecimal(value);
  if (decimal === undefined) return refuse({ place, value, expected, code: "value.decimal.malformed" });
  return findMisfit(decimal, { place, value, type }) ?? accept(formatDecimal(decimal, findScale(type)));
}

function hintAtString(value: unknown): { tellingHint?: string } {
  const digits = typeof value === "number" && Number.isFinite(value) ? writeNumber(value) : undefined;
  return digits === undefined ? {} : { tellingHint: `Pass it as a string: "${digits}".` };
}

interface Fit {
  readonly place: ValuePlace;
  readonly value: string;
  readonly type: TypeOf<"decimal">;
}

/** What the database would round is refused here. */
function findMisfit(decimal: Decimal, { place, value, type }: Fit): Refused | undefined {
  const refuseDigits = (refusal: Pick<Refusal, "code" | "expected">) => refuse({ place, value, ...refusal });
  const scale = findScale(type);
  if (scale !== undefined && decimal.fraction.length > scale) {
    const expected = `a decimal number with at most ${scale} digits after the point`;
    return refuseDigits({ code: "value.decimal.scale", expected });
  }
  const precision = type.precision ?? MAXIMUM_DIGITS;
  if (countDigits(decimal, scale) <= precision) return undefined;
  const expected = `a decimal number of at most ${precision} digits${scale === undefined ? "" : `, ${scale} of them after the point`}`;
  return refuseDigits({ code: "value.decimal.precision", expected });
}

/** Those that a scale adds count too: 12 is 1200 hundredths. */
function countDigits({ whole, fraction }: Decimal, scale = 0): number {
  return (whole + fraction.padEnd(scale, "0")).replace(/^0+/, "").length;
}
