import type { AttributeMap } from "../resource.js";
import type { ActionKind } from "../resource-definition.js";
import type { Change, Hook, RecordHook, Validation } from "./change.js";
import type { PreparedQuery } from "./read-action.js";

/** What the type checker knows of an action; there is no such value. `"*"`: all that the default action accepts. */
export interface ActionTypes<
  out Accept extends string,
  out Arguments extends AttributeMap,
  out Primary extends boolean,
> {
  readonly accept: NoInfer<Accept>;
  readonly arguments: Arguments;
  readonly primary: Primary;
}

/**
 * Any action that accepts nothing but these attributes. It is not an `Action` on purpose: the compiler would infer from it
 * what an action accepts that does not say so.
 */
export interface AcceptingAction<Name extends string> {
  readonly $type?: { readonly accept: Name | "*" };
  readonly kind: ActionKind;
  readonly options: ActionOptions;
}

/** An action as it was declared. */
export interface Action<
  out Kind extends ActionKind = ActionKind,
  out Accept extends string = string,
  out Arguments extends AttributeMap = AttributeMap,
  out Primary extends boolean = boolean,
> {
  /** Only for the type checker; there is no such value. */
  readonly $type?: ActionTypes<Accept, Arguments, Primary>;
  readonly kind: Kind;
  readonly options: ActionOptions;
}

/** The options of actions of all kinds, as they are kept. */
export interface ActionOptions extends WriteActionOptions<string, AttributeMap>, UpsertOptions<string> {
  readonly prepare?: (query: PreparedQuery, given: never) => PreparedQuery;
}

/** What an action that writes is told. */
export interface WriteActionOptions<
  Accept extends string,
  Arguments extends AttributeMap,
  Primary extends boolean = boolean,
> {
  /** The attributes that the input may give; every public writable one where it is not said. */
  readonly accept?: readonly Accept[];
  /** What the input may give beside attributes, declared as attributes are. */
  readonly arguments?: Arguments;
  /** Run in order when the changeset is made. */
  readonly changes?: readonly Change[];
  /** Run after the changes; every problem is told. */
  readonly validations?: readonly Validation[];
  /** Run inside the transaction, before the row is written. */
  readonly before?: readonly Hook[];
  /** Run inside the transaction, with the record as it was written. */
  readonly after?: readonly RecordHook[];
  /** Run once the outermost transaction is committed. */
  readonly afterCommit?: readonly RecordHook[];
  /** The action that is meant where none is named, and that `manageRelationship` uses. */
  readonly primary?: Primary;
  readonly description?: string;
}

/** What a create action says where it may meet a row that is there. */
export interface UpsertOptions<Accept extends string> {
  /** A row with the same values of this identity is updated instead; `"primaryKey"` for the primary key. */
  readonly upsert?: { readonly identity: string; readonly fields?: readonly Accept[] };
}

/**
 * A way to make records.
 *
 * @example
 * actions: {
 *   defaults: ["read"],
 *   register: create({ accept: ["email"], changes: [setAttribute("role", "member")] }),
 * }
 */
export function create<
  const Accept extends string = "*",
  const Arguments extends AttributeMap = Record<never, never>,
  Primary extends boolean = false,
>(
  options: WriteActionOptions<Accept, Arguments, Primary> & UpsertOptions<string> = {},
): Action<"create", Accept, Arguments, Primary> {
  return declare("create", options);
}

/**
 * A way to change records.
 *
 * @example
 * actions: { rename: update({ accept: ["name"], validations: [present("name")] }) }
 */
export function update<
  const Accept extends string = "*",
  const Arguments extends AttributeMap = Record<never, never>,
  Primary extends boolean = false,
>(
  options: WriteActionOptions<Accept, Arguments, Primary> = {},
): Action<"update", Accept, Arguments, Primary> {
  return declare("update", options);
}

/**
 * A way to destroy records.
 *
 * @example
 * actions: { close: destroy({ validations: [attributeEquals("balance", 0)] }) }
 */
export function destroy<
  const Arguments extends AttributeMap = Record<never, never>,
  Primary extends boolean = false,
>(
  options: Omit<WriteActionOptions<never, Arguments, Primary>, "accept"> = {},
): Action<"destroy", never, Arguments, Primary> {
  return declare("destroy", options);
}

function declare<
  Kind extends ActionKind,
  Accept extends string,
  Arguments extends AttributeMap,
  Primary extends boolean,
>(kind: Kind, options: Action["options"]): Action<Kind, Accept, Arguments, Primary> {
  return Object.freeze({ kind, options: Object.freeze(options) });
}
