import type { DestinationOf, ThroughOf } from "../load/loaded.js";
import type { AnyResource } from "../resource.js";
import type {
  AttributesOf,
  AttributeValues,
  RelationshipName,
  RelationshipsOf,
  RowOf,
  SingleKey,
} from "../resource-types.js";

/**
 * What a relationship is managed with: keys, records, objects with attributes, mixed. A list for hasMany and manyToMany;
 * one, or null for none, for belongsTo and hasOne.
 */
export type ManageInput<
  Resource extends AnyResource,
  Name extends RelationshipName<Resource>,
  KeyName extends string = never,
> = RelationshipsOf<Resource>[Name] extends { readonly kind: "hasMany" | "manyToMany" }
  ? | ManageItem<DestinationOf<Resource, Name>, ThroughOf<Resource, Name>, KeyName>
    | readonly ManageItem<DestinationOf<Resource, Name>, ThroughOf<Resource, Name>, KeyName>[]
  : ManageItem<DestinationOf<Resource, Name>, never, KeyName> | null;

/** A value that is a key, a record, or an object with attributes of the destination and of the join resource. */
export type ManageItem<
  Destination extends AnyResource,
  Through extends AnyResource,
  KeyName extends string = never,
> = ItemKey<Destination, KeyName> | RowOf<Destination> | (AttributeValues<Destination> & JoinValues<Through>);

/** The attribute that an input is the value of where it is no object; never for the primary key. */
export type KeyNameIn<Options> = Options extends { readonly valueIsKey: infer KeyName extends string }
  ? KeyName
  : never;

type ItemKey<Destination extends AnyResource, KeyName extends string> = [KeyName] extends [never]
  ? SingleKey<Destination> & KeyLike
  : AttributesOf<Destination>[KeyName]["$type"]["value"] & KeyLike;

type KeyLike = string | number | bigint;

type JoinValues<Through extends AnyResource> = [Through] extends [never] ? unknown : AttributeValues<Through>;
