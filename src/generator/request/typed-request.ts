import type { OnDeleteRule } from "../../runtime/resource-definition.js";
import { suggest } from "../did-you-mean.js";
import type { ResourceRequest } from "../resource-request.js";
import type { DefaultAction, GeneratedKey } from "../spec.js";
import { parseAttribute, type TypedAttribute } from "./attribute-grammar.js";
import { parseIdentity, parseInverse, type TypedIdentity, type TypedInverse } from "./named-list-grammar.js";
import type { Problems } from "./problems.js";
import { parseOnDelete, parseRelationship, type TypedRelationship } from "./relationship-grammar.js";
import { splitList } from "./split-list.js";

/** What to do with what a resource that exists has otherwise. */
export type ConflictPolicy = "ignore" | "replace" | "error";

/** The request with its grammar applied: no name looked up yet. */
export interface TypedRequest {
  readonly attributes: readonly TypedAttribute[];
  readonly relationships: readonly TypedRelationship[];
  readonly identities: readonly TypedIdentity[];
  readonly inverses: readonly TypedInverse[];
  readonly primaryKey: readonly string[];
  readonly generatedKeys: readonly {
    readonly name: string;
    readonly generated: GeneratedKey;
    readonly flag: string;
  }[];
  readonly actions?: readonly DefaultAction[];
  readonly onDelete?: OnDeleteRule;
  readonly conflicts: ConflictPolicy;
}

const actionWords: readonly DefaultAction[] = ["create", "read", "update", "destroy"];
const conflictWords: readonly ConflictPolicy[] = ["ignore", "replace", "error"];

/** Applies the grammar of every flag; what is wrong is added to `problems`. */
export function readRequest(request: ResourceRequest, problems: Problems): TypedRequest {
  const actions = request.defaultActions && parseActions(request.defaultActions, problems);
  const onDelete =
    request.onDelete === undefined
      ? undefined
      : parseOnDelete(request.onDelete, `--on-delete ${request.onDelete}`, problems);
  return {
    attributes: parseEach(request.attributes, parseAttribute, problems),
    relationships: parseEach(request.relationships, parseRelationship, problems),
    identities: request.identities.flatMap((entry) => parseIdentity(entry, problems) ?? []),
    inverses: request.inverse === false ? [] : parseEach(request.inverse, parseInverse, problems),
    primaryKey: splitList(request.primaryKey),
    generatedKeys: readGeneratedKeys(request),
    conflicts: parseConflicts(request.conflicts ?? "ignore", problems),
    ...(actions && { actions }),
    ...(onDelete && { onDelete }),
  };
}

function parseEach<T>(
  occurrences: readonly string[],
  parse: (entry: string, problems: Problems) => T | undefined,
  problems: Problems,
): readonly T[] {
  return splitList(occurrences).flatMap((entry) => parse(entry, problems) ?? []);
}

function readGeneratedKeys(request: ResourceRequest): TypedRequest["generatedKeys"] {
  const given = [
    { name: request.uuidPrimaryKey, generated: "uuid", flag: "--uuid-primary-key" },
    { name: request.uuidV7PrimaryKey, generated: "uuidV7", flag: "--uuid-v7-primary-key" },
    { name: request.integerPrimaryKey, generated: "integer", flag: "--integer-primary-key" },
  ] as const;
  return given.flatMap(({ name, ...key }) => (name === undefined ? [] : [{ name, ...key }]));
}

function parseActions(occurrences: readonly string[], problems: Problems): readonly DefaultAction[] {
  const typed = splitList(occurrences);
  for (const word of typed) {
    if (actionWords.some((each) => each === word)) continue;
    problems.add({
      code: "action.unknown",
      message: `"${word}" in --default-actions is not an action.`,
      hint: suggest(word, actionWords, `Actions: ${actionWords.join(", ")}.`),
    });
  }
  return actionWords.filter((action) => typed.includes(action));
}

function parseConflicts(word: string, problems: Problems): ConflictPolicy {
  const policy = conflictWords.find((candidate) => candidate === word);
  if (policy) return policy;
  problems.add({
    code: "conflicts.unknown",
    message: `"${word}" is not a way to treat conflicts.`,
    hint: suggest(word, conflictWords, `Write --conflicts ignore, replace or error.`),
  });
  return "ignore";
}
