import type { AttributeType } from "../../runtime/attribute-type.js";
import { keysOf } from "../../support/keys-of.js";
import { suggest } from "../did-you-mean.js";
import type { Problems } from "./problems.js";
import { parseCall, splitOutsideParentheses } from "./split-list.js";

/** The types that can be typed, each with the names that mean it: ours first, then Ash's and the databases'. */
const typeNames = {
  string: ["varchar", "ci_string", "atom"],
  text: [],
  integer: ["int"],
  bigint: ["int8"],
  float: ["double", "real"],
  decimal: ["numeric"],
  boolean: ["bool"],
  uuid: ["uuid_v4", "uuid_v7"],
  date: [],
  time: ["time_usec"],
  datetime: ["timestamp", "timestamptz", "utc_datetime", "utc_datetime_usec", "naive_datetime"],
  json: ["jsonb", "map", "keyword"],
  binary: ["bytea", "blob", "file"],
  enum: [],
} as const satisfies Record<string, readonly string[]>;

type TypeWord = keyof typeof typeNames;

const typeWords = keysOf(typeNames);
const wordByName: ReadonlyMap<string, TypeWord> = new Map(
  typeWords.flatMap((word) => [word, ...typeNames[word]].map((name) => [name, word] as const)),
);

/**
 * The type that a text names: `string(80)`, `decimal(10,2)`, `enum(draft,done)`, `uuid[]`.
 * What is wrong is added to `problems`; `entry` is the whole attribute as typed, for the message.
 */
export function parseType(text: string, entry: string, problems: Problems): AttributeType | undefined {
  if (text.endsWith("[]")) {
    const of = parseType(text.slice(0, -2), entry, problems);
    return of && { kind: "array", of };
  }
  const call = parseCall(text);
  if (!call) return problems.add(malformedType(text, entry));
  const word = wordByName.get(call.word.toLowerCase());
  if (!word) return problems.add(unknownType(call.word, entry));
  return buildType(word, call.args, entry, problems);
}

function buildType(word: TypeWord, args: string | undefined, entry: string, problems: Problems) {
  const given = args === undefined ? [] : splitOutsideParentheses(args, ",");
  if (word === "enum") return buildEnum(given, entry, problems);
  const allowed = word === "string" ? 1 : word === "decimal" ? 2 : 0;
  if (given.length > allowed) return problems.add(tooManyArguments(word, allowed, entry));
  const numbers = given.map((part) => parseCount(part, entry, problems));
  if (numbers.includes(undefined)) return undefined;
  const [first, second] = numbers;
  if (first !== undefined && (first < 1 || first > longest[word === "string" ? "string" : "decimal"])) {
    return problems.add(outOfRange(word, entry));
  }
  if (word === "string") return first === undefined ? { kind: word } : { kind: word, length: first };
  if (word === "decimal") return buildDecimal(first, second, entry, problems);
  return { kind: word };
}

function buildDecimal(
  precision: number | undefined,
  scale: number | undefined,
  entry: string,
  problems: Problems,
) {
  if (precision === undefined) return { kind: "decimal" } as const;
  if (scale === undefined) return { kind: "decimal", precision } as const;
  if (scale <= precision) return { kind: "decimal", precision, scale } as const;
  return problems.add({
    code: "attribute.type.arguments",
    message: `"${entry}" asks for ${scale} digits after the point out of ${precision} in all.`,
    hint: `Write decimal(${scale},${precision}).`,
  });
}

function buildEnum(values: readonly string[], entry: string, problems: Problems) {
  const valid = values.filter((value) => /^[A-Za-z0-9_-]+$/.test(value));
  if (values.length > 0 && valid.length === values.length && new Set(values).size === values.length) {
    return { kind: "enum", values } as const;
  }
  return problems.add({
    code: "attribute.type.arguments",
    message: `"${entry}" needs the enum's values, each once, of letters, digits, "_" and "-".`,
    hint: "Write them in parentheses, such as status:enum(draft,done).",
  });
}

function parseCount(text: string, entry: string, problems: Problems): number | undefined {
  if (/^[0-9]{1,9}$/.test(text)) return Number(text);
  return problems.add({
    code: "attribute.type.arguments",
    message: `"${text}" in "${entry}" is not a whole number.`,
    hint: "Write a length as string(80), digits as decimal(10,2).",
  });
}

/** What PostgreSQL takes: characters of a string, digits of a decimal. */
const longest = { string: 10_485_760, decimal: 1000 } as const;

function outOfRange(word: TypeWord, entry: string) {
  const [what, most] = word === "string" ? ["characters", longest.string] : ["digits", longest.decimal];
  return {
    code: "attribute.type.arguments",
    message: `"${entry}" is out of range: a ${word} has from 1 to ${most} ${what}.`,
    hint: word === "string" ? "Write string(80), or text for any length." : "Write decimal(10,2).",
  };
}

function tooManyArguments(word: TypeWord, allowed: number, entry: string) {
  const takes = allowed === 0 ? "nothing" : allowed === 1 ? "one number" : "two numbers";
  return {
    code: "attribute.type.arguments",
    message: `"${entry}" gives ${word} more than it takes: ${takes} in parentheses.`,
    hint: allowed === 2 ? "Write decimal(10,2)." : allowed === 1 ? "Write string(80)." : `Write ${word}.`,
  };
}

function malformedType(text: string, entry: string) {
  return {
    code: "attribute.type.malformed",
    message: `The type "${text}" in "${entry}" has parentheses that do not match.`,
    hint: "Write it like string(80), decimal(10,2) or enum(draft,done).",
  };
}

function unknownType(word: string, entry: string) {
  return {
    code: "attribute.type.unknown",
    message: `"${word}" in "${entry}" is not an attribute type.`,
    hint: suggest(word, [...wordByName.keys()], `Types: ${typeWords.join(", ")}; type[] for a list.`),
  };
}
