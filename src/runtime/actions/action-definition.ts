import type { AttributeDefinition } from "../attribute-type.js";
import { buildAttribute } from "../attribute-definition.js";
import type { ActionKind } from "../resource-definition.js";
import type { AcceptingAction, Action, ActionOptions } from "./action.js";

export const ACTION_KINDS = ["create", "read", "update", "destroy"] as const satisfies readonly ActionKind[];

/** An action as frozen data, its defaults filled in. */
export interface ActionDefinition {
  readonly kind: ActionKind;
  readonly name: string;
  readonly primary: boolean;
  /** The names of the attributes that an input may give. */
  readonly accept: readonly string[];
  readonly arguments: readonly AttributeDefinition[];
  readonly options: ActionOptions;
}

/** The actions of a resource as it declares them. */
export interface DeclaredActions {
  readonly defaults?: readonly ActionKind[];
  readonly [name: string]: AcceptingAction<string> | readonly ActionKind[] | undefined;
}

/**
 * The actions of a resource: those it declares and, after them, the default ones. Of each kind, the primary one is the one
 * that says so, else the one named as the kind, else the first.
 */
export function buildActions(
  declared: DeclaredActions,
  attributes: readonly AttributeDefinition[],
): readonly ActionDefinition[] {
  const own = Object.entries(declared)
    .filter(([, action]) => action !== undefined && !Array.isArray(action))
    // The filter has left out what is none.
    .map(([name, action]) => buildAction(name, action as Action, attributes));
  const names = new Set(own.map(({ name }) => name));
  const plain = listDefaults(declared)
    .filter((kind) => !names.has(kind))
    .map((kind) => buildAction(kind, { kind, options: Object.freeze({}) }, attributes));
  return Object.freeze(markPrimary([...own, ...plain]).map((action) => Object.freeze(action)));
}

/** An action by the name of the defaults stays among the others, for the checks to refuse it. */
function listDefaults({ defaults = [] }: DeclaredActions): readonly ActionKind[] {
  return Array.isArray(defaults) ? defaults : [];
}

function buildAction(
  name: string,
  { kind, options }: Pick<Action, "kind" | "options">,
  attributes: readonly AttributeDefinition[],
): ActionDefinition {
  return {
    kind,
    name,
    primary: options.primary === true,
    accept: Object.freeze(options.accept ?? listAccepted(kind, attributes)),
    arguments: Object.freeze(Object.entries(options.arguments ?? {}).map(buildAttribute)),
    options,
  };
}

/** What a default action accepts: every attribute that is public and writable, and in an update not part of the key. */
function listAccepted(kind: ActionKind, attributes: readonly AttributeDefinition[]): string[] {
  if (kind === "destroy" || kind === "read") return [];
  return attributes
    .filter((attribute) => !attribute.private && !attribute.readOnly)
    .filter(({ primaryKey }) => kind === "create" || !primaryKey)
    .map(({ name }) => name);
}

function markPrimary(actions: readonly ActionDefinition[]): ActionDefinition[] {
  return actions.map((action) => {
    const rivals = actions.filter(({ kind }) => kind === action.kind);
    const chosen =
      rivals.find(({ primary }) => primary) ?? rivals.find(({ name, kind }) => name === kind) ?? rivals[0];
    return { ...action, primary: action === chosen };
  });
}
