import type { AttributeType } from "../../runtime/attribute-type.js";
import type { DefaultSpec, LiteralValue } from "../spec.js";
import type { Problems } from "./problems.js";

/** Gives the value that a text means for a type; undefined where it means none. */
type LiteralReader = (text: string, type: AttributeType) => LiteralValue | undefined;

const readText: LiteralReader = (text) => text;
const readNothing: LiteralReader = () => undefined;

const readers: Record<AttributeType["kind"], LiteralReader> = {
  string: (text, type) => (type.kind === "string" && text.length > (type.length ?? 255) ? undefined : text),
  text: readText,
  integer: (text) =>
    /^-?[0-9]{1,10}$/.test(text) && Math.abs(Number(text)) <= 2_147_483_647 ? Number(text) : undefined,
  bigint: (text) => (/^-?[0-9]{1,18}$/.test(text) ? BigInt(text) : undefined),
  float: (text) => (text !== "" && Number.isFinite(Number(text)) ? Number(text) : undefined),
  decimal: readDecimal,
  boolean: (text) => (text === "true" ? true : text === "false" ? false : undefined),
  uuid: (text) => (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? text : undefined),
  date: readNothing,
  time: (text) => (/^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$/.test(text) ? text : undefined),
  datetime: readNothing,
  json: (text) => readJson(text),
  binary: readNothing,
  enum: (text, type) => (type.kind === "enum" && type.values.includes(text) ? text : undefined),
  array: readArray,
};

const examples: Record<AttributeType["kind"], string> = {
  string: "default(new), no longer than the string may be",
  text: "default(new)",
  integer: "default(0)",
  bigint: "default(0)",
  float: "default(0.5)",
  decimal: "default(9.99)",
  boolean: "default(false)",
  uuid: "default(00000000-0000-0000-0000-000000000000)",
  date: "default(now)",
  time: "default(09:30)",
  datetime: "default(now)",
  json: 'default({"theme":"dark"})',
  binary: "no default: binary takes none here",
  enum: "one of the enum's values",
  array: 'default([]) or default(["a"])',
};

/** Reads what stands in `default(…)` for a type; what does not fit is added to `problems`. */
export function parseDefault(
  text: string,
  type: AttributeType | undefined,
  entry: string,
  problems: Problems,
): DefaultSpec | undefined {
  if (!type) return { kind: "value", value: text };
  if (text === "now" && (type.kind === "datetime" || type.kind === "date")) return { kind: "now" };
  const value = readers[type.kind](text, type);
  if (value !== undefined) return { kind: "value", value };
  return problems.add({
    code: "attribute.default.invalid",
    message: `The default "${text}" in "${entry}" is not a value of ${type.kind}.`,
    hint: `Write ${examples[type.kind]}.`,
  });
}

/** A number that has more digits before or behind the point than its type is refused: the database would round it. */
function readDecimal(text: string, type: AttributeType): LiteralValue | undefined {
  if (!/^-?[0-9]+(\.[0-9]+)?$/.test(text)) return undefined;
  if (type.kind !== "decimal" || type.precision === undefined) return text;
  const [whole = "", fraction = ""] = text.replace(/^-?0*/, "").split(".");
  const { precision, scale = 0 } = type;
  return whole.length <= precision - scale && fraction.length <= scale ? text : undefined;
}

function readArray(text: string, type: AttributeType): LiteralValue | undefined {
  const value = readJson(text);
  if (!Array.isArray(value) || type.kind !== "array") return undefined;
  const { of } = type;
  const fits = (item: LiteralValue) =>
    typeof item !== "object" && readers[of.kind](String(item), of) === item;
  return value.every(fits) ? value : undefined;
}

function readJson(text: string): LiteralValue | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
