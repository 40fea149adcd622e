import type { BelongsTo, LazyResource } from "../relationship.js";
import type { AnyResource } from "../resource.js";
import type { AttributesOf, RecordOf, RelationshipName, RelationshipsOf } from "../resource-types.js";

/** The resource at the other end of a relationship. */
export type DestinationOf<
  Resource extends AnyResource,
  Name extends RelationshipName<Resource>,
> = RelationshipsOf<Resource>[Name] extends {
  readonly destination: () => infer Destination extends AnyResource;
}
  ? Destination
  : never;

/** The join resource of a manyToMany; never for the other kinds. */
export type ThroughOf<
  Resource extends AnyResource,
  Name extends RelationshipName<Resource>,
> = RelationshipsOf<Resource>[Name] extends { readonly through: () => infer Through extends AnyResource }
  ? Through
  : never;

/**
 * What a load adds to a record.
 *
 * @example
 * type WithTasks = User & Loaded<typeof User, "tasks">; // { readonly tasks: (Task & Joined<UserTask>)[] }
 */
export type Loaded<
  Resource extends AnyResource,
  Name extends RelationshipName<Resource>,
  Row = RecordOf<DestinationOf<Resource, Name>>,
> = { readonly [Key in Name]: LoadedValue<Resource, Key, RelationshipsOf<Resource>[Key], Row> };

/** A record that came through a join resource, with its join row. */
export interface Joined<JoinRow> {
  readonly $join: JoinRow;
}

type LoadedValue<
  Resource extends AnyResource,
  Name extends string,
  Relationship,
  Row,
> = Relationship extends {
  readonly kind: "manyToMany";
  readonly through: () => infer Through extends AnyResource;
}
  ? (Row & Joined<RecordOf<Through>>)[]
  : Relationship extends { readonly kind: "hasMany" }
    ? Row[]
    : Relationship extends { readonly kind: "hasOne" }
      ? Row | null
      : Relationship extends BelongsTo<LazyResource, infer SourceAttribute>
        ? Owner<
            Resource,
            [SourceAttribute] extends [never] ? `${Name}Id` | `${Name}_id` : SourceAttribute,
            Row
          >
        : never;

/** Null only where the attribute that holds the key may be null. */
type Owner<
  Resource extends AnyResource,
  SourceAttribute,
  Row,
> = null extends AttributesOf<Resource>[SourceAttribute & keyof AttributesOf<Resource>]["$type"]["record"]
  ? Row | null
  : Row;
