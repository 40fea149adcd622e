import type { Knex } from "knex";
import type { DestinationOf, Loaded, ThroughOf } from "../load/loaded.js";
import type { AnyResource, AttributeMap } from "../resource.js";
import type {
  AttributesOf,
  IdentityName,
  PrimaryKeyName,
  RecordOf,
  RelationshipName,
  Selection,
  SingleKey,
} from "../resource-types.js";
import type { AggregateResults, AggregateSpecs } from "./aggregate.js";
import type { Filter } from "./filter.js";

/** The way of a sort; nulls come last going up and first going down where nothing is said. */
export type SortDirection = "asc" | "desc" | SortOrder;

/** A way of a sort that says where nulls stand. */
export interface SortOrder {
  readonly direction: "asc" | "desc";
  readonly nulls: "first" | "last";
}

/** Attributes to sort by, in the order in which they stand. */
export type Sort<Resource extends AnyResource> =
  | (keyof AttributesOf<Resource> & string)
  | { readonly [Name in keyof AttributesOf<Resource>]?: SortDirection };

/** Sort by the attributes of the join row, inside the load of a manyToMany. */
export interface JoinSort<Through extends AnyResource> {
  readonly $join: Exclude<Sort<Through>, string>;
}
/** Filter by the attributes of the join row, inside the load of a manyToMany. */
export interface JoinFilter<Through extends AnyResource> {
  readonly $join?: Filter<Through>;
}

/** What a select leaves of a record: the named attributes and the primary key. */
export type Selected<Resource extends AnyResource, Name extends PropertyKey> = Pick<
  RecordOf<Resource>,
  (Name | PrimaryKeyName<Resource>) & keyof RecordOf<Resource>
> &
  Selection<RecordOf<Resource>>;

/**
 * A key: the value of a primary key of one attribute, or an object with all attributes of the primary key or of an
 * identity.
 */
export type KeyOf<Resource extends AnyResource> =
  | SingleKey<Resource>
  | KeyValues<AttributesOf<Resource>, PrimaryKeyName<Resource>>
  | {
      [Name in IdentityName<Resource>]: KeyValues<
        AttributesOf<Resource>,
        AttributeOf<Resource["$type"]["identities"][Name]>
      >;
    }[IdentityName<Resource>];

type AttributeOf<Identity> = Identity extends readonly (infer Name)[]
  ? Name
  : Identity extends { readonly attributes: readonly (infer Name)[] }
    ? Name
    : never;

type KeyValues<Attributes extends AttributeMap, Name> = {
  readonly [Key in Name & keyof Attributes]: Attributes[Key]["$type"]["value"];
};

/** PostgreSQL's locks of rows, from the strongest to the weakest. */
export type RowLock = "forUpdate" | "forNoKeyUpdate" | "forShare" | "forKeyShare";

/** How a query locks. */
export interface LockOptions {
  /** What to do with rows that another transaction has locked; it waits where nothing is said. */
  readonly locked?: "skip" | "fail";
}

/** Which page is wanted: the first, or the one behind or before a cursor. */
export interface PageOptions {
  /** Records in the page, 1 to 10,000. */
  readonly size: number;
  /** The `endCursor` of the page before. */
  readonly after?: string | null;
  /** The `startCursor` of the page behind. */
  readonly before?: string | null;
}

/** Some of the records of a query. */
export interface Page<Row> {
  readonly records: Row[];
  /** Are there more in the direction that was asked for? */
  readonly hasMore: boolean;
  /** Where the page begins and ends, to be passed as `before` and `after`; null where it is empty. */
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

/** How a stream reads. */
export interface StreamOptions {
  /** Records fetched at a time, 1000 where nothing is said. */
  readonly batchSize?: number;
}

/** What a query yields, by a property that the type checker can infer from without comparing queries. */
export interface Yields<out Row> {
  /** Only for the type checker; there is no such value. */
  readonly $row?: Row;
}

/**
 * Records to be read. Every method gives a new query; nothing is sent before `read`, `readOne`, `readOneOrThrow`,
 * `get`, `page`, `stream`, `count`, `exists` or `aggregate`.
 *
 * @example
 * const users = await repo.query(User).filter({ name: { startsWith: "A" } }).sort("email").load("tasks").read();
 */
export interface Query<
  in out Resource extends AnyResource,
  out Row = RecordOf<Resource>,
  in out Through extends AnyResource = never,
> extends Yields<Row> {
  /**
   * Adds conditions; those of earlier calls still have to hold.
   *
   * @throws InvalidError with the way to each value that cannot be
   */
  filter(filter: [Through] extends [never] ? Filter<Resource> : Filter<Resource> & JoinFilter<Through>): this;
  /** Sorts by attributes; what earlier calls said comes first. */
  sort(...by: ([Through] extends [never] ? Sort<Resource> : Sort<Resource> | JoinSort<Through>)[]): this;
  /** At most so many records; inside a load, for each parent. */
  limit(count: number): this;
  /** Leaves out the first records. */
  offset(count: number): this;
  /** One record for each combination of values of these attributes: the first by the sort. */
  distinct(...attributes: readonly (keyof AttributesOf<Resource> & string)[]): this;
  /** Locks the rows that are read until the transaction ends. */
  lock(lock: RowLock, options?: LockOptions): this;
  /** Reads only these attributes and the primary key. */
  select<Name extends keyof AttributesOf<Resource> & string>(
    ...attributes: readonly Name[]
  ): Query<Resource, SelectedRow<Resource, Row, Name>, Through>;
  /** Reads related records too, in one more statement. */
  load<Name extends RelationshipName<Resource>>(
    relationship: Name,
  ): Query<Resource, Row & Loaded<Resource, Name>, Through>;
  /** Reads related records too, as the function says. */
  load<Name extends RelationshipName<Resource>, Related>(
    relationship: Name,
    build: (
      query: Query<
        DestinationOf<Resource, Name>,
        RecordOf<DestinationOf<Resource, Name>>,
        ThroughOf<Resource, Name>
      >,
    ) => Yields<Related>,
  ): Query<Resource, Row & Loaded<Resource, Name, Related>, Through>;
  /** All of them. */
  read(): Promise<Row[]>;
  /**
   * The one there is, or null.
   *
   * @throws MultipleResultsError where there are more
   */
  readOne(): Promise<Row | null>;
  /**
   * The one there is.
   *
   * @throws NotFoundError where there is none, MultipleResultsError where there are more
   */
  readOneOrThrow(): Promise<Row>;
  /**
   * The one with this key, among those that the query means.
   *
   * @throws NotFoundError where there is none
   */
  get(key: KeyOf<Resource>): Promise<Row>;
  /**
   * Some of them, going on from a cursor: what is added or removed meanwhile shifts nothing.
   *
   * @throws InvalidError where the cursor is not one of this sort
   */
  page(options: PageOptions): Promise<Page<Row>>;
  /** One after the other, fetched in batches: for what does not fit into memory. */
  stream(options?: StreamOptions): AsyncIterable<Row>;
  /** How many there are. */
  count(): Promise<number>;
  /** Is there one? */
  exists(): Promise<boolean>;
  /** Figures over all of them, each under the name it is given. */
  aggregate<const Specs extends AggregateSpecs<Resource>>(
    specs: Specs,
  ): Promise<AggregateResults<Resource, Specs>>;
  /** The Knex query that reads the records, without what is loaded; its rows are keyed by attribute. */
  toKnex(): Knex.QueryBuilder;
  /** The text of that query and its bindings. */
  toSQL(): { readonly sql: string; readonly bindings: readonly unknown[] };
}

/** What is selected, and all that is loaded. */
type SelectedRow<Resource extends AnyResource, Row, Name extends PropertyKey> = [Row] extends [
  RecordOf<Resource> & infer Related,
]
  ? Selected<Resource, Name> & Related
  : Selected<Resource, Name> & Omit<Row, keyof RecordOf<Resource> | "$selected">;
