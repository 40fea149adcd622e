import type { ActionTypes } from "./actions/action.js";
import type { AnyResource, AttributeMap } from "./resource.js";
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
 * What an action takes: the attributes that it accepts and its arguments.
 *
 * @example
 * type Registration = ActionInput<typeof User, "register">; // { readonly email: string }
 */
export type ActionInput<
  Resource extends AnyResource,
  Name extends string,
> = Name extends keyof Resource["$type"]["actions"]
  ? DeclaredInput<Resource, Resource["$type"]["actions"][Name]>
  : Name extends "create"
    ? CreateInput<Resource>
    : Name extends "update"
      ? UpdateInput<Resource>
      : NoInput;

/** An action that takes nothing. */
export type NoInput = Readonly<Record<never, never>>;

type DeclaredInput<Resource extends AnyResource, Declared> = Declared extends {
  readonly kind: infer Kind;
  readonly $type?: ActionTypes<infer Accept, infer Arguments>;
}
  ? AcceptedInput<Resource, Kind, Accept> & GivenValues<Arguments>
  : never;

type AcceptedInput<Resource extends AnyResource, Kind, Accept> = Kind extends "create"
  ? "*" extends Accept
    ? CreateInput<Resource>
    : GivenValues<Pick<AttributesOf<Resource>, Accept & keyof AttributesOf<Resource>>>
  : Kind extends "update"
    ? "*" extends Accept
      ? UpdateInput<Resource>
      : Partial<InputValues<AttributesOf<Resource>, "accepted", "required" | "optional", Accept>>
    : unknown;

/** The values of attributes or arguments: those without a default that may not be null have to be given. */
type GivenValues<Attributes extends AttributeMap> = InputValues<Attributes, "accepted", "required"> &
  Partial<InputValues<Attributes, "accepted", "optional">>;

/**
 * What the default `create` takes: every attribute that is neither private nor read-only. An attribute without a
 * default that may not be null has to be given.
 *
 * @example
 * const input: CreateInput<typeof User> = { email: "ada@example.org" };
 */
export type CreateInput<Resource extends AnyResource> = InputValues<
  AttributesOf<Resource>,
  "create",
  "required"
> &
  Partial<InputValues<AttributesOf<Resource>, "create", "optional">>;

/**
 * What the default `update` takes: every attribute that is neither private nor read-only nor part of the primary key.
 *
 * @example
 * const input: UpdateInput<typeof User> = { name: null };
 */
export type UpdateInput<Resource extends AnyResource> = Partial<
  InputValues<AttributesOf<Resource>, "update", "optional">
>;

/** The values of the attributes that an input takes in one way. */
export type InputValues<
  Attributes extends AttributeMap,
  Input extends "create" | "accepted" | "update",
  Way extends "required" | "optional",
  Name = keyof Attributes,
> = {
  readonly [
    Key in keyof Attributes as Attributes[Key]["$type"][Input] extends Way ? Key & Name : never
  ]: Attributes[Key]["$type"]["record"];
};

/** Any values of a resource's attributes. */
export type AttributeValues<Resource extends AnyResource> = {
  readonly [Name in keyof AttributesOf<Resource>]?: AttributesOf<Resource>[Name]["$type"]["record"];
};

/** The names of the attributes that form the primary key. */
export type PrimaryKeyName<Resource extends AnyResource> = {
  [Name in keyof AttributesOf<Resource>]: AttributesOf<Resource>[Name]["$type"]["key"] extends true
    ? Name & string
    : never;
}[keyof AttributesOf<Resource>];
