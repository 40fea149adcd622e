import type { DestinationOf, ThroughOf } from "../load/loaded.js";
import type { AnyResource } from "../resource.js";
import type {
  AttributesOf,
  AttributeValues,
  RecordOf,
  RelationshipName,
  RelationshipsOf,
} from "../resource-types.js";

/**
 * What a relationship is managed with: keys, records, objects with attributes, mixed. A list for hasMany and manyToMany;
 * one, or null for none, for belongsTo and hasOne.
 */
export type ManageInput<
  Resource extends AnyResource,
  Name extends RelationshipName<Resource>,
> = RelationshipsOf<Resource>[Name] extends { readonly kind: "hasMany" | "manyToMany" }
  ? | ManageItem<DestinationOf<Resource, Name>, ThroughOf<Resource, Name>>
    | readonly ManageItem<DestinationOf<Resource, Name>, ThroughOf<Resource, Name>>[]
  : ManageItem<DestinationOf<Resource, Name>, never> | null;

/** A key of one attribute, a record, or an object with attributes of the destination and of the join resource. */
export type ManageItem<Destination extends AnyResource, Through extends AnyResource> =
  | Scalar<AttributesOf<Destination>[keyof AttributesOf<Destination>]["$type"]["value"]>
  | RecordOf<Destination>
  | (AttributeValues<Destination> & JoinValues<Through>);

type Scalar<Value> = Extract<Value, string | number | bigint>;

type JoinValues<Through extends AnyResource> = [Through] extends [never] ? unknown : AttributeValues<Through>;
