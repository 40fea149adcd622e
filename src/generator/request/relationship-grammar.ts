import { toCamelCase, toSnakeCase } from "../../support/casing.js";
import type { OnDeleteRule } from "../../runtime/resource-definition.js";
import { suggest } from "../did-you-mean.js";
import type { RelationshipKind } from "../spec.js";
import type { Problems } from "./problems.js";
import { parseCall, splitOutsideParentheses } from "./split-list.js";

/** A relationship as it was typed; destinations are names, perhaps with a domain in front (`Accounts.User`). */
export interface TypedRelationship {
  /** As typed, for messages. */
  readonly entry: string;
  readonly kind: RelationshipKind;
  readonly name: string;
  readonly destination: string;
  /** The join resource of a manyToMany. */
  readonly through?: string;
  readonly required: boolean;
  readonly primaryKey: boolean;
  readonly onDelete?: OnDeleteRule;
}

const kinds: readonly RelationshipKind[] = ["belongsTo", "hasOne", "hasMany", "manyToMany"];
const kindWords = kinds.map(toSnakeCase);

export const onDeleteWords = ["cascade", "restrict", "nilify", "no_action"] as const;

/**
 * Reads `kind:name:Destination[:modifier]*` and `many_to_many:name:Through:Destination`.
 * What is wrong is added to `problems`.
 */
export function parseRelationship(entry: string, problems: Problems): TypedRelationship | undefined {
  const [kindText = "", name = "", ...rest] = splitOutsideParentheses(entry, ":");
  const kind = parseKind(kindText, entry, problems);
  if (!kind) return undefined;
  const through = kind === "manyToMany" ? rest.shift() : undefined;
  const [destination = "", ...modifiers] = rest;
  if (name === "" || destination === "" || through === "") return problems.add(malformed(entry, kind));
  const options = modifiers.map((modifier) => parseModifier(modifier, kind, entry, problems));
  return {
    ...{ entry, kind, name, destination, required: false, primaryKey: false },
    ...(through !== undefined && { through }),
    ...Object.assign({}, ...options),
  };
}

/** Reads the word of `--on-delete` and `on_delete(…)`. */
export function parseOnDelete(word: string, where: string, problems: Problems): OnDeleteRule | undefined {
  const rule = onDeleteWords.find((candidate) => candidate === toSnakeCase(word));
  if (rule) return rule === "no_action" ? "noAction" : rule;
  return problems.add({
    code: "relationship.on_delete.unknown",
    message: `"${word}" in ${where} is not what can happen on delete.`,
    hint: suggest(word, onDeleteWords, `One of: ${onDeleteWords.join(", ")}.`),
  });
}

function parseKind(text: string, entry: string, problems: Problems): RelationshipKind | undefined {
  const exact = kinds.find((kind) => text === kind || text === toSnakeCase(kind));
  if (exact) return exact;
  const meant = kinds.find((kind) => toCamelCase(text) === kind);
  return problems.add({
    code: "relationship.kind.unknown",
    message: `"${text}" in "${entry}" is not a kind of relationship.`,
    hint: meant
      ? `Did you mean "${toSnakeCase(meant)}"?`
      : suggest(text, kindWords, `Kinds: ${kindWords.join(", ")}.`),
  });
}

function parseModifier(modifier: string, kind: RelationshipKind, entry: string, problems: Problems) {
  const call = parseCall(modifier);
  const word = toSnakeCase(call?.word ?? "");
  const known = word === "required" || word === "primary_key" || word === "on_delete";
  if (known && kind !== "belongsTo") return problems.add(onlyBelongsTo(modifier, entry));
  if (word === "required" && call?.args === undefined) return { required: true };
  if (word === "primary_key" && call?.args === undefined) return { primaryKey: true };
  if (word === "on_delete" && call?.args !== undefined) {
    const onDelete = parseOnDelete(call.args, `"${entry}"`, problems);
    return onDelete && { onDelete };
  }
  const modifiers = ["required", "primary_key", "on_delete(…)"];
  return problems.add({
    code: "relationship.modifier.unknown",
    message: `"${modifier}" in "${entry}" is not a relationship modifier.`,
    hint: suggest(call?.word ?? modifier, modifiers, `Modifiers of belongs_to: ${modifiers.join(", ")}.`),
  });
}

function onlyBelongsTo(modifier: string, entry: string) {
  return {
    code: "relationship.modifier.misplaced",
    message: `"${modifier}" in "${entry}" goes with belongs_to only, the side that holds the key.`,
    hint: "Leave it out here.",
  };
}

function malformed(entry: string, kind: RelationshipKind) {
  const form =
    kind === "manyToMany"
      ? "many_to_many:tasks:UserTask:Task"
      : `${toSnakeCase(kind)}:${kind === "hasMany" ? "tasks:Task" : "user:User"}`;
  return {
    code: "relationship.malformed",
    message: `The relationship "${entry}" is not complete.`,
    hint: `Write it like ${form}.`,
  };
}
