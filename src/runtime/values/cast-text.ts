import { accept, refuse, refuseType, type CastResult, type Refused, type ValuePlace } from "./cast-result.js";
import { findNearestWord } from "./nearest-word.js";
import type { TypeOf } from "./visit-type.js";

const loneSurrogate = /\p{Surrogate}/u;

/** Why no database keeps a text as it is, if none does: what goes on after "must be". */
export function findTextFault(text: string): { code: string; expected: string } | undefined {
  if (text.includes("\0")) {
    return { code: "value.text.nul", expected: "a text without the character NUL" };
  }
  if (loneSurrogate.test(text)) {
    return { code: "value.text.malformed", expected: "a well-formed text, without half a surrogate pair" };
  }
  return undefined;
}

export function castText(value: unknown, place: ValuePlace): CastResult {
  if (typeof value !== "string") return refuseType({ place, value, expected: "a text" });
  const fault = findTextFault(value);
  return fault === undefined ? accept(value) : refuse({ place, value, ...fault });
}

export function castString(
  value: unknown,
  place: ValuePlace,
  { length = 255 }: TypeOf<"string">,
): CastResult {
  const text = castText(value, place);
  if (typeof value !== "string" || !text.ok || !isLongerThan(value, length)) return text;
  return refuse({
    place,
    value,
    code: "value.text.long",
    expected: `a text of at most ${length} characters`,
    tellingHint: `It has ${countCharacters(value)} characters.`,
  });
}

/** As PostgreSQL counts: a character outside the first plane is one, not two. */
function isLongerThan(text: string, length: number): boolean {
  if (text.length <= length) return false;
  return text.length > 2 * length || countCharacters(text) > length;
}

function countCharacters(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; count += 1) {
    index += (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
  }
  return count;
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function castUuid(value: unknown, place: ValuePlace): CastResult {
  if (typeof value === "string" && uuidPattern.test(value)) return accept(value.toLowerCase());
  const expected = "a UUID of 36 characters";
  return typeof value === "string"
    ? refuse({ place, value, expected, code: "value.uuid.malformed" })
    : refuseType({ place, value, expected });
}

export function castEnum(value: unknown, place: ValuePlace, { values }: TypeOf<"enum">): CastResult {
  if (typeof value !== "string") return refuseEnum({ value, place, values, code: "value.type.wrong" });
  if (values.includes(value)) return accept(value);
  return refuseEnum({ value, place, values, code: "value.enum.unknown" });
}

interface EnumRefusal {
  readonly value: unknown;
  readonly place: ValuePlace;
  readonly values: readonly string[];
  readonly code: string;
}

function refuseEnum({ value, place, values, code }: EnumRefusal): Refused {
  const listed = values.map((each) => JSON.stringify(each)).join(", ");
  const nearest = typeof value === "string" ? findNearestWord(value, values) : undefined;
  return refuse({
    place,
    value,
    code,
    expected: values.length === 1 ? listed : `one of ${listed}`,
    ...(nearest === undefined ? {} : { tellingHint: `Did you mean ${JSON.stringify(nearest)}?` }),
  });
}
