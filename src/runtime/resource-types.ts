import type { AnyResource } from "./resource.js";

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

/** The default actions of a resource. */
export type DefaultActionOf<Resource extends AnyResource> = Resource["$type"]["action"];

/**
 * What the default `create` takes: every attribute that is neither private nor read-only. An attribute without a
 * default that may not be null has to be given.
 *
 * @example
 * const input: CreateInput<typeof User> = { email: "ada@example.org" };
 */
export type CreateInput<Resource extends AnyResource> = InputValues<
  Resource["$type"]["attributes"],
  "create",
  "required"
> &
  Partial<InputValues<Resource["$type"]["attributes"], "create", "optional">>;

/**
 * What the default `update` takes: every attribute that is neither private nor read-only nor part of the primary key.
 *
 * @example
 * const input: UpdateInput<typeof User> = { name: null };
 */
export type UpdateInput<Resource extends AnyResource> = Partial<
  InputValues<Resource["$type"]["attributes"], "update", "optional">
>;

/** The values of the attributes that an input takes in one way. */
export type InputValues<
  Attributes extends AnyResource["$type"]["attributes"],
  Input extends "create" | "update",
  Way extends "required" | "optional",
> = {
  readonly [
    Name in keyof Attributes as Attributes[Name]["$type"][Input] extends Way ? Name : never
  ]: Attributes[Name]["$type"]["record"];
};
