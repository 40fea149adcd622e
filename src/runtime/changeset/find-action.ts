import { usageError } from "../../support/problem.js";
import type { ActionDefinition } from "../actions/action-definition.js";
import { findPrimaryAction } from "../actions/primary-action.js";
import type { ActionKind, ResourceDefinition } from "../resource-definition.js";
import { findNearestWord } from "../values/nearest-word.js";

/**
 * The action with this name, or the primary one of its kind.
 *
 * @throws AshlarError `action.unknown`, `action.kind.wrong` or `action.primary.missing`
 */
export function findAction(
  definition: ResourceDefinition,
  kind: ActionKind,
  name: string | undefined,
): ActionDefinition {
  if (name === undefined) return findPrimaryAction(definition, kind);
  const action = definition.actions.find((each) => each.name === name);
  if (action === undefined) throw createUnknownError(definition, kind, name);
  if (action.kind === kind) return action;
  throw usageError({
    code: "action.kind.wrong",
    message: `"${name}" of ${definition.name} is a ${action.kind} action, and a ${kind} action is wanted.`,
    hint: `Use it by ${describeUse(action)}.`,
  });
}

function describeUse({ kind, name }: ActionDefinition): string {
  if (kind === "read") return `repo.query(…, "${name}", …)`;
  return `for${kind.charAt(0).toUpperCase()}${kind.slice(1)}("${name}", …)`;
}

function createUnknownError(definition: ResourceDefinition, kind: ActionKind, name: string): Error {
  const names = definition.actions.filter((action) => action.kind === kind).map((action) => action.name);
  const similar = findNearestWord(name, names);
  return usageError({
    code: "action.unknown",
    message: `${definition.name} has no action "${name}".`,
    hint:
      similar === undefined
        ? `Its ${kind} actions are ${names.join(", ") || "none"}.`
        : `Did you mean ${similar}?`,
  });
}
