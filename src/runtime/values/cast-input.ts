import type { AttributeDefinition, AttributeType, AttributeTypeKind } from "../attribute-type.js";
import { castDate, castDatetime, castTime } from "./cast-calendar.js";
import { castDecimal } from "./cast-decimal.js";
import { castJson } from "./cast-json.js";
import { castBigint, castFloat, castInteger } from "./cast-number.js";
import { accept, refuse, refuseType, type CastResult, type Refused, type ValuePlace } from "./cast-result.js";
import { castEnum, castString, castText, castUuid } from "./cast-text.js";
import type { TypeOf } from "./visit-type.js";

export type { CastResult, ValueProblem } from "./cast-result.js";

/**
 * The canonical form of a non-null value of an attribute, the one that records hold, or what is wrong with it. Nothing
 * is guessed: what a database would change or refuse is refused here.
 *
 * @example
 * castInput(price, "012.5"); // { ok: true, value: "12.50" } for a decimal(10, 2)
 * castInput(price, 12.5); // { ok: false, problem: { code: "value.type.wrong", hint: 'Pass it as a string: "12.5".', … } }
 */
export function castInput(attribute: AttributeDefinition, value: unknown): CastResult {
  return castByType(attribute.type, value, { attribute, path: [] });
}

type Cast<Type> = (value: unknown, place: ValuePlace, type: Type) => CastResult;

const casts: { readonly [Kind in AttributeTypeKind]: Cast<TypeOf<Kind>> } = {
  string: castString,
  text: castText,
  integer: castInteger,
  bigint: castBigint,
  float: castFloat,
  decimal: castDecimal,
  boolean: castBoolean,
  uuid: castUuid,
  date: castDate,
  time: castTime,
  datetime: castDatetime,
  json: castJson,
  binary: castBinary,
  enum: castEnum,
  array: castArray,
};

function castByType(type: AttributeType, value: unknown, place: ValuePlace): CastResult {
  // The compiler does not see that the kind picks the cast which takes this very type.
  const cast = casts[type.kind] as Cast<AttributeType>;
  return cast(value, place, type);
}

function castBoolean(value: unknown, place: ValuePlace): CastResult {
  if (typeof value === "boolean") return accept(value);
  return refuseType({ place, value, expected: "true or false" });
}

/** A Buffer becomes a plain view on its bytes. */
function castBinary(value: unknown, place: ValuePlace): CastResult {
  if (!(value instanceof Uint8Array)) return refuseType({ place, value, expected: "a Uint8Array" });
  return accept(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
}

function castArray(value: unknown, place: ValuePlace, { of }: TypeOf<"array">): CastResult {
  if (!Array.isArray(value)) return refuseType({ place, value, expected: "an array" });
  const elements: unknown[] = [];
  for (let index = 0; index < value.length; index += 1) {
    const result = castElement(of, value[index], { ...place, path: [...place.path, index] });
    if (!result.ok) return result;
    elements.push(result.value);
  }
  return findUneven(elements, { of, place }) ?? accept(elements);
}

function castElement(type: AttributeType, value: unknown, place: ValuePlace): CastResult {
  if (value !== null && value !== undefined) return castByType(type, value, place);
  return refuse({ place, value, code: "value.array.null", expected: "a value" });
}

interface Elements {
  readonly of: AttributeType;
  readonly place: ValuePlace;
}

/** PostgreSQL keeps arrays of arrays as a grid, and takes a grid of nothing for an empty array. */
function findUneven(elements: readonly unknown[], { of, place }: Elements): Refused | undefined {
  if (of.kind !== "array") return undefined;
  const first = measure(of, elements[0]);
  const index = elements.findIndex((element) => measure(of, element) !== first || first.startsWith("0"));
  if (index === -1) return undefined;
  const expected = index === 0 ? "an array with elements" : "an array as long as the first";
  const code = "value.array.uneven";
  return refuse({ place: { ...place, path: [...place.path, index] }, code, expected });
}

/** `"2x3x"` for two arrays of three: what is inside is even already. */
function measure(type: AttributeType, value: unknown): string {
  if (type.kind !== "array" || !Array.isArray(value)) return "";
  return `${value.length}x${measure(type.of, value[0])}`;
}
