import type { Issue } from "../errors/issue.js";
import { describeRecord } from "../errors/record-words.js";
import type { ResourceDefinition } from "../resource-definition.js";
import { findNearestWord } from "../values/nearest-word.js";
import type { ItemKey } from "./item-key.js";
import type { ManageItem, ManageReading } from "./manage-item.js";

/** An input that is no key, no object and no record of the destination. */
export function describeMismatch({ destination }: ManageReading, input: unknown, path: Issue["path"]): Issue {
  const { name, primaryKey } = destination.definition;
  const isOther = typeof input === "object" && input !== null;
  return {
    code: isOther ? "relationship.record.wrong" : "relationship.input.invalid",
    message: isOther ? `This is not a record of ${name}.` : `This is neither a key nor a record of ${name}.`,
    hint: `Give a ${name}, or an object with ${primaryKey.join(", ")}.`,
    path,
  };
}

/** A name in an input that is nobody's. */
export function describeUnknownName(
  { name: resource }: ResourceDefinition,
  name: string,
  known: readonly string[],
): Issue {
  const similar = findNearestWord(name, known);
  return {
    code: "input.unknown",
    message: `"${name}" is nothing that a ${resource} here can be given.`,
    hint: `${similar === undefined ? "" : `Did you mean ${similar}? `}There are ${known.join(", ")}.`,
    path: [name],
  };
}

/** An input that was to be found, and was not. */
export function describeNotFound(
  resource: ResourceDefinition,
  { path }: ManageItem,
  key: ItemKey | undefined,
): Issue {
  if (key === undefined) {
    return {
      code: "relationship.key.missing",
      message: `This input says nothing by which a ${resource.name} could be found.`,
      hint: "Give its primary key, or all attributes of one of its identities.",
      path,
    };
  }
  return {
    code: "record.not_found",
    message: `There is no ${describeRecord(resource, key.values)}.`,
    hint: "Create it first, or say what to do instead: onNoMatch.",
    path,
  };
}

/** An input that was to be related, and is not. */
export function describeUnrelated(
  resource: ResourceDefinition,
  { path }: ManageItem,
  key: ItemKey | undefined,
): Issue {
  const meant = key === undefined ? resource.name : describeRecord(resource, key.values);
  return {
    code: "record.not_found",
    message: `The ${meant} is not related.`,
    hint: "Give what is related, or say what to do instead: onNoMatch, onLookup.",
    path,
  };
}

export function describeRelated(resource: ResourceDefinition, { path }: ManageItem): Issue {
  return {
    code: "relationship.exists",
    message: `This ${resource.name} is related already.`,
    hint: 'Leave it out, or let it be: onMatch: "ignore", onDuplicate: "ignore".',
    path,
  };
}

/** Something related that is not among the inputs. */
export function describeLeftOut(resource: ResourceDefinition, path: Issue["path"]): Issue {
  return {
    code: "relationship.missing",
    message: `A ${resource.name} that is related is not among the inputs.`,
    hint: "Give all that are related, or say what to do with the others: onMissing.",
    path,
  };
}
