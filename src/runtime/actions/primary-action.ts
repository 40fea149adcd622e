import { failure } from "../../support/problem.js";
import type { ActionKind, ResourceDefinition } from "../resource-definition.js";
import type { ActionDefinition } from "./action-definition.js";

/**
 * The action of a kind that is meant where none is named.
 *
 * @throws AshlarError `action.primary.missing`
 */
export function findPrimaryAction({ name, actions }: ResourceDefinition, kind: ActionKind): ActionDefinition {
  const found = actions.find((action) => action.kind === kind && action.primary);
  if (found !== undefined) return found;
  throw failure({
    code: "action.primary.missing",
    message: `${name} has no ${kind} action.`,
    hint: `Add "${kind}" to the defaults of its actions, or declare one: ${kind}({ … }).`,
  });
}
