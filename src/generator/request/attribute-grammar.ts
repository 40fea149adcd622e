import type { AttributeType } from "../../runtime/attribute-type.js";
import { suggest } from "../did-you-mean.js";
import { parseDefault } from "./default-grammar.js";
import type { DefaultSpec } from "../spec.js";
import type { Problems } from "./problems.js";
import { parseCall, splitOutsideParentheses } from "./split-list.js";
import { parseType } from "./type-grammar.js";

/** An attribute as it was typed; its name not yet in the project's casing, its type absent where it was left out. */
export interface TypedAttribute {
  /** As typed, for messages. */
  readonly entry: string;
  readonly name: string;
  readonly type?: AttributeType;
  readonly uuidV7: boolean;
  readonly required: boolean;
  readonly primaryKey: boolean;
  readonly unique: boolean;
  readonly index: boolean;
  readonly private: boolean;
  readonly sensitive: boolean;
  readonly column?: string;
  readonly default?: DefaultSpec;
}

const flags = new Map(
  Object.entries({
    required: { required: true },
    primary_key: { primaryKey: true },
    primarykey: { primaryKey: true },
    unique: { unique: true },
    index: { index: true },
    private: { private: true },
    public: { private: false },
    sensitive: { sensitive: true },
  }),
);

const modifierWords = [
  "required",
  "primary_key",
  "unique",
  "index",
  "private",
  "public",
  "sensitive",
  "array",
  "default(…)",
  "column(…)",
];

/**
 * Reads `name:type[:modifier]*`. What is wrong is added to `problems`.
 *
 * @example
 * parseAttribute("price:decimal(10,2):required", problems);
 */
export function parseAttribute(entry: string, problems: Problems): TypedAttribute | undefined {
  const [name = "", typeText, ...modifiers] = splitOutsideParentheses(entry, ":");
  if (typeText === "" || modifiers.includes("")) return problems.add(malformed(entry));
  const read = typeText === undefined ? undefined : parseType(typeText, entry, problems);
  if (typeText !== undefined && !read) return undefined;
  const type = read && modifiers.includes("array") ? ({ kind: "array", of: read } as const) : read;
  const options = modifiers
    .filter((modifier) => modifier !== "array")
    .map((modifier) => parseModifier(modifier, type, entry, problems));
  return {
    ...{
      entry,
      name,
      required: false,
      primaryKey: false,
      unique: false,
      index: false,
      private: false,
      sensitive: false,
    },
    uuidV7: typeText?.toLowerCase() === "uuid_v7",
    ...(type && { type }),
    ...Object.assign({}, ...options),
  };
}

function parseModifier(modifier: string, type: AttributeType | undefined, entry: string, problems: Problems) {
  const call = parseCall(modifier);
  const word = call?.word.toLowerCase() ?? "";
  const flag = flags.get(word);
  if (call?.args === undefined && flag !== undefined) return flag;
  if (call?.args !== undefined && word === "default") {
    const value = parseDefault(call.args, type, entry, problems);
    return value && { default: value };
  }
  if (call?.args !== undefined && word === "column") return { column: call.args };
  return problems.add({
    code: "attribute.modifier.unknown",
    message: `"${modifier}" in "${entry}" is not an attribute modifier.`,
    hint: suggest(call?.word ?? modifier, modifierWords, `Modifiers: ${modifierWords.join(", ")}.`),
  });
}

function malformed(entry: string) {
  const name = entry.split(":")[0] || "email";
  return {
    code: "attribute.malformed",
    message: `The attribute "${entry}" is not of the form name:type[:modifier].`,
    hint: `Write it like ${name}:string:required.`,
  };
}
