import type { AcceptingAction } from "./actions/action.js";
import type { AnyAttribute } from "./attribute.js";
import type { ActionKind, ResourceDefinition } from "./resource-definition.js";
import { findDefinition } from "./definition.js";
import type { IdentityDeclaration, TableOptions } from "./table-declaration.js";

/** The attributes of a resource, by name. */
export interface AttributeMap {
  readonly [name: string]: AnyAttribute;
}

/**
 * Names that mean something else to JavaScript or to ashlar, each with the reason that the compiler shows. `constructor`
 * and `__proto__`, which the compiler finds on every object, are left to `checkDefinitions`.
 */
export interface ReservedAttributes {
  readonly prototype?: "An attribute cannot be named prototype: it would hide the class's own.";
  readonly then?: "An attribute cannot be named then: await would take the record for a promise.";
  readonly $join?: "An attribute cannot be named $join: it holds the join row of what a manyToMany loads.";
}

/** Identities by name: the attributes, in order, that are unique together, alone or with what else there is to say. */
export interface IdentityMap<Name extends string = string> {
  readonly [identity: string]: readonly [Name, ...Name[]] | IdentityDeclaration<Name>;
}

/** Actions by name, and under `defaults` the kinds of default actions. They accept attributes of the resource alone. */
export interface ActionMap<Name extends string = string> {
  readonly defaults?: readonly ActionKind[];
  readonly [action: string]: AcceptingAction<Name> | readonly ActionKind[] | undefined;
}

/** What `resource` is told. */
export interface ResourceDeclaration<
  Table extends string,
  Attributes extends AttributeMap,
  Identities extends IdentityMap,
  Actions extends ActionMap,
> extends TableOptions<NoInfer<keyof Attributes & string>> {
  readonly table: Table;
  readonly attributes: Attributes & ReservedAttributes;
  readonly identities?: Identities;
  readonly actions?: Actions;
  readonly description?: string;
}

/** What the type level knows of a resource; there is no such value. */
export interface ResourceTypes<
  out Attributes extends AttributeMap,
  out Identities extends IdentityMap,
  out Actions extends ActionMap,
> {
  readonly attributes: Attributes;
  readonly identities: Identities;
  readonly actions: Actions;
}

/** The attributes of a record: null where an attribute is neither required nor part of the primary key. */
export type RecordValues<Attributes extends AttributeMap> = {
  readonly [Name in keyof Attributes]: Attributes[Name]["$type"]["record"];
};

/**
 * Sets resources apart by the name of a property; there is no such value. Without it, two resources with the same
 * attributes would be compared through their relationships, around the whole circle, before the compiler sees that
 * they differ: `[User, Task]` is enough to exhaust its stack. A table whose name is only known at run time sets nothing
 * apart.
 */
export type TableMark<Table extends string> =
  Record<never, never> extends MarkOf<Table> ? unknown : MarkOf<Table>;

type MarkOf<Table extends string> = { readonly [Mark in `$table ${Table}`]: true };

/** The class that `resource` makes, to be extended by one that has the resource's name. */
export interface ResourceClass<
  Attributes extends AttributeMap,
  Identities extends IdentityMap,
  Actions extends ActionMap,
> {
  /** Only for the type checker; there is no such value. */
  readonly $type: ResourceTypes<Attributes, Identities, Actions>;
  /** The resource as plain frozen data, named after the class it is read from. */
  readonly definition: ResourceDefinition;
  /** A record in memory; nothing is stored. */
  new (values: RecordValues<Attributes>): RecordValues<Attributes>;
}

/**
 * Any resource. It says nothing of relationships on purpose: resources refer to each other in circles, and what is
 * not asked here is not resolved while a circle is being checked.
 */
export interface AnyResource {
  readonly $type: ResourceTypes<AttributeMap, IdentityMap, ActionMap>;
  readonly prototype: object;
  readonly definition: ResourceDefinition;
}

/**
 * Makes the base class of a resource from its table, attributes, identities and actions. Relationships go into the
 * class that extends it, since only there may resources refer to each other in a circle.
 *
 * @example
 * class User extends resource({
 *   table: "users",
 *   attributes: { id: uuidPrimaryKey(), email: string().required(), name: string() },
 *   identities: { uniqueEmail: ["email"] },
 *   actions: { defaults: ["create", "read", "update", "destroy"] },
 * }) {
 *   static readonly relationships = {
 *     userTasks: hasMany(() => UserTask, { destinationAttribute: "userId" }),
 *   };
 * }
 * User.definition.name; // "User"
 */
export function resource<
  Table extends string,
  Attributes extends AttributeMap,
  const Identities extends IdentityMap<keyof Attributes & string> = Record<never, never>,
  const Actions extends ActionMap<keyof Attributes & string> = Record<never, never>,
>(
  declaration: ResourceDeclaration<Table, Attributes, Identities, Actions>,
): ResourceClass<Attributes, Identities, Actions> & TableMark<Table> {
  // Without a name of its own, so that a resource that forgot to extend it can be told apart.
  return class {
    declare static readonly $type: ResourceTypes<Attributes, Identities, Actions>;

    static get definition(): ResourceDefinition {
      return findDefinition(this, declaration);
    }

    constructor(values: RecordValues<Attributes>) {
      Object.assign(this, values);
    }
  } as ResourceClass<Attributes, Identities, Actions> & TableMark<Table>;
}
