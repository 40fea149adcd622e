import type { ActionTypes } from "./actions/action.js";
import type { AnyResource, AttributeMap, RecordValues } from "./resource.js";
import type { ActionKind } from "./resource-definition.js";

/**
 * The record of a resource, without the relationships that a load adds.
 *
 * @example
 * type Row = RecordOf<typeof User>; // User
 */
export type RecordOf<Resource extends AnyResource> = Resource["prototype"];

/** The relationships that a resource declares, by name. */
export type RelationshipsOf<Resource extends AnyResource> = Resource extends {
  readonly relationships: infer Relationships;
}
  ? Relationships
  : Record<never, never>;

/** The names of a resource's relationships. */
export type RelationshipName<Resource extends AnyResource> = keyof RelationshipsOf<Resource> & string;

/** The names of a resource's identities. */
export type IdentityName<Resource extends AnyResource> = keyof Resource["$type"]["identities"] & string;

/** The attributes of a resource, by name. */
export type AttributesOf<Resource extends AnyResource> = Resource["$type"]["attributes"];

/** The kinds of a resource's default actions. */
export type DefaultActionOf<Resource extends AnyResource> = Resource["$type"]["actions"] extends {
  readonly defaults: readonly (infer Kind)[];
}
  ? Kind & ActionKind
  : never;

/** The names of the actions of one kind: the default one where there is one, and those that the resource declares. */
export type ActionName<Resource extends AnyResource, Kind extends ActionKind> =
  | (DefaultActionOf<Resource> & Kind)
  | {
      [Name in keyof Resource["$type"]["actions"]]: Resource["$type"]["actions"][Name] extends {
        readonly kind: Kind;
      }
        ? Name & string
        : never;
    }[keyof Resource["$type"]["actions"]];

/**
 * The action of a kind that is meant where none is named: the one that says so, else the one named as the kind, else
 * those that the resource declares.
 */
export type PrimaryAction<Resource extends AnyResource, Kind extends ActionKind> = [
  MarkedAction<Resource["$type"]["actions"], Kind>,
] extends [never]
  ? Kind extends ActionName<Resource, Kind>
    ? Kind
    : ActionName<Resource, Kind>
  : MarkedAction<Resource["$type"]["actions"], Kind>;

type MarkedAction<Actions, Kind> = {
  [Name in keyof Actions]: Actions[Name] extends {
    readonly kind: Kind;
    readonly $type?: { readonly primary: true };
  }
    ? Name & string
    : never;
}[keyof Actions];

/** What the compiler shows where a resource has no action of a kind; there is no such value. */
export type NoAction<Kind extends ActionKind> =
  `This resource has no ${Kind} action: add it to the defaults of its actions, or declare one.`;

/** What an action takes that is named or, of its kind, the primary one. */
export type PrimaryInput<
  Resource extends AnyResource,
  Kind extends ActionKind,
  Name extends string = PrimaryAction<Resource, Kind>,
> = [Name] extends [never] ? NoAction<Kind> : ActionInput<Resource, Name>;

/** Anything where a resource has an action of a kind; where it has none, what the compiler shows. */
export type Having<Resource extends AnyResource, Kind extends ActionKind> = [
  ActionName<Resource, Kind>,
] extends [never]
  ? NoAction<Kind>
  : unknown;

/**
 * What an action takes: the attributes that it accepts and its arguments.
 *
 * @example
 * type Registration = ActionInput<typeof User, "register">; // { readonly email: string }
 */
export type ActionInput<
  Resource extends AnyResource,
  Name extends string,
> = Name extends keyof Resource["$type"]["actions"]
  ? DeclaredInput<Resource, Name>
  : Name extends "create"
    ? CreateInput<Resource>
    : Name extends "update"
      ? UpdateInput<Resource>
      : NoInput;

/** An action that takes nothing. */
export type NoInput = Readonly<Record<never, never>>;

/** What an action takes that the resource declares. */
export type DeclaredInput<
  Resource extends AnyResource,
  Name extends keyof Resource["$type"]["actions"],
> = AcceptedInput<Resource, Resource["$type"]["actions"][Name]> &
  ArgumentsInput<Resource["$type"]["actions"][Name]>;

type ArgumentsInput<Declared> = Declared extends {
  readonly $type?: ActionTypes<string, infer Arguments, boolean>;
}
  ? InputValues<Arguments, "accepted">
  : never;

type AcceptedInput<Resource extends AnyResource, Declared> = Declared extends {
  readonly kind: infer Kind;
  readonly $type?: ActionTypes<infer Accept, AttributeMap, boolean>;
}
  ? AcceptedValues<Resource, Kind, Accept>
  : never;

type AcceptedValues<Resource extends AnyResource, Kind, Accept> = Kind extends "create"
  ? "*" extends Accept
    ? CreateInput<Resource>
    : InputValues<Pick<AttributesOf<Resource>, Accept & keyof AttributesOf<Resource>>, "accepted">
  : Kind extends "update"
    ? "*" extends Accept
      ? UpdateInput<Resource>
      : Partial<RecordValues<Pick<AttributesOf<Resource>, Accept & keyof AttributesOf<Resource>>>>
    : unknown;

/**
 * What the default `create` takes: every attribute that is neither private nor read-only. An attribute without a
 * default that may not be null has to be given.
 *
 * @example
 * const input: CreateInput<typeof User> = { email: "ada@example.org" };
 */
export type CreateInput<Resource extends AnyResource> = InputValues<AttributesOf<Resource>, "create">;

/**
 * What the default `update` takes: every attribute that is neither private nor read-only nor part of the primary key.
 *
 * @example
 * const input: UpdateInput<typeof User> = { name: null };
 */
export type UpdateInput<Resource extends AnyResource> = OptionalValues<AttributesOf<Resource>, "update">;

/** The values of attributes or arguments: those without a default that may not be null have to be given. */
export type InputValues<
  Attributes extends AttributeMap,
  Input extends "create" | "accepted",
> = RequiredValues<Attributes, Input> & OptionalValues<Attributes, Input>;

type RequiredValues<Attributes extends AttributeMap, Input extends "create" | "accepted"> = {
  readonly [
    Key in keyof Attributes as Attributes[Key]["$type"][Input] extends "required" ? Key : never
  ]: Attributes[Key]["$type"]["record"];
};

type OptionalValues<Attributes extends AttributeMap, Input extends "create" | "accepted" | "update"> = {
  readonly [
    Key in keyof Attributes as Attributes[Key]["$type"][Input] extends "optional" ? Key : never
  ]?: Attributes[Key]["$type"]["record"];
};

/** Any values of a resource's attributes. */
export type AttributeValues<Resource extends AnyResource> = Partial<RecordValues<AttributesOf<Resource>>>;

/** The names of the attributes that form the primary key. */
export type PrimaryKeyName<Resource extends AnyResource> = KeyNameOf<AttributesOf<Resource>>;

// Of the attributes and not of their resource, which would be asked for them once for each.
type KeyNameOf<Attributes extends AttributeMap> = {
  [Name in keyof Attributes]: Attributes[Name]["$type"]["key"] extends true ? Name & string : never;
}[keyof Attributes];

/** The value of a primary key of one attribute; never where it has more. */
export type SingleKey<Resource extends AnyResource> =
  IsOne<PrimaryKeyName<Resource>> extends true
    ? AttributesOf<Resource>[PrimaryKeyName<Resource>]["$type"]["value"]
    : never;

type IsOne<Name, Each = Name> = Name extends Each ? ([Each] extends [Name] ? true : false) : never;

/** Says of what record a part was selected; there is no such value. */
export interface Selection<out Row> {
  readonly $selected?: Row;
}

/** What stands for a record of a resource: the record, whatever is loaded, or what a select left of it. */
export type RowOf<Resource extends AnyResource> = RecordOf<Resource> | Selection<RecordOf<Resource>>;
