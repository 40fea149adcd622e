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
  Options = unknown,
> = RelationshipsOf<Resource>[Name] extends { readonly kind: "hasMany" | "manyToMany" }
  ? | ManageItem<DestinationOf<Resource, Name>, ThroughOf<Resource, Name>, Options>
    | readonly ManageItem<DestinationOf<Resource, Name>, ThroughOf<Resource, Name>, Options>[]
  : ManageItem<DestinationOf<Resource, Name>, never, Options> | null;

/** A value that is a key, a record, or an object with attributes of the destination and of the join resource. */
export type ManageItem<Destination extends AnyResource, Through extends AnyResource, Options = unknown> =
  | Extract<ItemKey<Destination, Options>, string | number | bigint>
  | RowOf<Destination>
  | (AttributeValues<Destination> & JoinValues<Through>);

/** The value of `valueIsKey`, else of a primary key of one attribute. */
type ItemKey<Destination extends AnyResource, Options> = Options extends {
  readonly valueIsKey: infer Name extends keyof AttributesOf<Destination>;
}
  ? AttributesOf<Destination>[Name]["$type"]["value"]
  : SingleKey<Destination>;

type JoinValues<Through extends AnyResource> = [Through] extends [never] ? unknown : AttributeValues<Through>;
