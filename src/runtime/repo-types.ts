import type { Knex } from "knex";
import type { NewChangeset, RecordChangeset } from "./changeset/changeset-types.js";
import type { Domain } from "./domain.js";
import type { Issue } from "./errors/issue.js";
import type { DestinationOf, Loaded, ThroughOf } from "./load/loaded.js";
import type { KeyOf, Query, Yields } from "./query/query-types.js";
import type { AnyResource } from "./resource.js";
import type {
  ActionInput,
  ActionName,
  Having,
  IdentityName,
  PrimaryAction,
  PrimaryInput,
  RecordOf,
  RelationshipName,
  RowOf,
} from "./resource-types.js";
import type { QueryListener } from "./session/query-event.js";
import type { TransactionOptions } from "./session/transaction-options.js";

/** The way to a database through the resources of its domains. */
export interface Repo {
  /** The Knex instance, or the transaction that is open where it is read. */
  readonly knex: Knex;
  readonly domains: readonly Domain[];

  /**
   * Records to be read.
   *
   * @example
   * const user = await repo.query(User).load("tasks").readOneOrThrow();
   */
  query<Resource extends AnyResource>(resource: Resource): Query<Resource>;
  /**
   * Records to be read by a read action, with its arguments.
   *
   * @throws InvalidError with every issue of the arguments
   * @example
   * await repo.query(User, "active", { since: new Date("2026-01-01") }).limit(10).read();
   */
  query<Resource extends AnyResource, Name extends ActionName<Resource, "read">>(
    resource: Resource,
    action: Name,
    ...input: Optional<ActionInput<Resource, Name>>
  ): Query<Resource>;

  /**
   * The record with this primary key, or with this identity.
   *
   * @throws NotFoundError where there is none
   * @example
   * await repo.get(User, { email: "ada@example.org" });
   */
  get<Resource extends AnyResource>(resource: Resource, key: KeyOf<Resource>): Promise<RecordOf<Resource>>;

  /**
   * Loads a relationship of records that are there already; gives the same records. What is loaded stays as it is unless
   * `reload` is said.
   *
   * @example
   * const [first] = await repo.load(User, users, "tasks");
   */
  load<Resource extends AnyResource, Row extends RowOf<Resource>, Name extends RelationshipName<Resource>>(
    resource: Resource,
    records: readonly Row[],
    relationship: Name,
    options?: LoadOptions,
  ): Promise<(Row & Loaded<Resource, Name>)[]>;
  load<Resource extends AnyResource, Row extends RowOf<Resource>, Name extends RelationshipName<Resource>>(
    resource: Resource,
    record: Row,
    relationship: Name,
    options?: LoadOptions,
  ): Promise<Row & Loaded<Resource, Name>>;
  load<
    Resource extends AnyResource,
    Row extends RowOf<Resource>,
    Name extends RelationshipName<Resource>,
    Related,
  >(
    resource: Resource,
    records: readonly Row[],
    relationship: Name,
    build: RelatedQuery<Resource, Name, Related>,
  ): Promise<(Row & Loaded<Resource, Name, Related>)[]>;
  load<
    Resource extends AnyResource,
    Row extends RowOf<Resource>,
    Name extends RelationshipName<Resource>,
    Related,
  >(
    resource: Resource,
    record: Row,
    relationship: Name,
    build: RelatedQuery<Resource, Name, Related>,
  ): Promise<Row & Loaded<Resource, Name, Related>>;

  /** A record to be made. */
  changeset<Resource extends AnyResource>(resource: Resource): NewChangeset<Resource, RecordOf<Resource>>;
  /** A record to be changed or destroyed. */
  changeset<Resource extends AnyResource, Row extends RowOf<Resource>>(
    resource: Resource,
    record: Row,
  ): RecordChangeset<Resource, Row>;

  /**
   * Makes a record.
   *
   * @throws InvalidError with every issue
   * @example
   * await repo.create(UserTask, { userId: user.id, taskId: task.id });
   */
  create<Resource extends AnyResource>(
    resource: Resource,
    input: PrimaryInput<Resource, "create">,
  ): Promise<RecordOf<Resource>>;
  create<Resource extends AnyResource, Name extends ActionName<Resource, "create">>(
    resource: Resource,
    action: Name,
    input: ActionInput<Resource, Name>,
  ): Promise<RecordOf<Resource>>;

  /**
   * Makes many records, in batches of one statement each.
   *
   * @throws InvalidError with every issue, where `onError` is "throw"
   */
  createMany<Resource extends AnyResource, Name extends string = PrimaryAction<Resource, "create">>(
    resource: Resource,
    inputs: readonly PrimaryInput<Resource, "create", Name>[],
    options?: CreateManyOptions<Resource, Name>,
  ): Promise<CreateManyResult<RecordOf<Resource>>>;

  /** Makes a record, or updates the one that has the same values of an identity. */
  upsert<Resource extends AnyResource>(
    resource: Resource,
    input: PrimaryInput<Resource, "create">,
    options: UpsertOptions<Resource>,
  ): Promise<RecordOf<Resource>>;

  /** Changes a record; gives it as it is then. */
  update<Resource extends AnyResource, Row extends RowOf<Resource>>(
    resource: Resource,
    record: Row,
    input: PrimaryInput<Resource, "update">,
  ): Promise<Row>;
  update<
    Resource extends AnyResource,
    Row extends RowOf<Resource>,
    Name extends ActionName<Resource, "update">,
  >(
    resource: Resource,
    record: Row,
    action: Name,
    input: ActionInput<Resource, Name>,
  ): Promise<Row>;

  /** Destroys a record; gives it as it was. */
  destroy<Resource extends AnyResource, Row extends RowOf<Resource>>(
    resource: Resource & Having<Resource, "destroy">,
    record: Row,
  ): Promise<Row>;
  destroy<
    Resource extends AnyResource,
    Row extends RowOf<Resource>,
    Name extends ActionName<Resource, "destroy">,
  >(
    resource: Resource,
    record: Row,
    action: Name,
    input?: ActionInput<Resource, Name>,
  ): Promise<Row>;

  /**
   * Runs the function in a transaction: all that it does or nothing. A transaction inside another is a savepoint. Code
   * inside may use this repo or the one it is handed; both send through the transaction.
   *
   * @throws TransactionAbortedError where the database gave up and no try is left
   * @example
   * await repo.transaction(async (repo) => { ... }, { isolation: "serializable", retries: 3 });
   */
  transaction<Result>(body: (repo: Repo) => Promise<Result>, options?: TransactionOptions): Promise<Result>;

  /** Calls the function after every statement; gives a function that ends this. */
  onQuery(listener: QueryListener): () => void;
}

/** An argument that may be left out where nothing in it has to be given. */
type Optional<Input> = Record<never, never> extends Input ? [input?: Input] : [input: Input];

/** How `repo.load` reads. */
export interface LoadOptions {
  /** Reads again what is loaded already. */
  readonly reload?: boolean;
}

type RelatedQuery<Resource extends AnyResource, Name extends RelationshipName<Resource>, Related> = (
  query: Query<
    DestinationOf<Resource, Name>,
    RecordOf<DestinationOf<Resource, Name>>,
    ThroughOf<Resource, Name>
  >,
) => Yields<Related>;

/** How `upsert` finds the record that is there, and what it changes. */
export interface UpsertOptions<Resource extends AnyResource> {
  /** The identity that tells whether the record is there; the primary key where it says so. */
  readonly identity: IdentityName<Resource> | "primaryKey";
  /** The attributes to update; all that the input gives where it is not said. */
  readonly fields?: readonly (keyof Resource["$type"]["attributes"] & string)[];
}

/** How `createMany` writes. */
export interface CreateManyOptions<
  Resource extends AnyResource,
  Name extends string = ActionName<Resource, "create">,
> {
  /** The create action; the primary one where it is not said. */
  readonly action?: Name & ActionName<Resource, "create">;
  /** Records in a batch, 10,000 where nothing is said. */
  readonly batchSize?: number;
  /** What a row that is there already is: an error, nothing, or one to update. */
  readonly onDuplicate?: "error" | "ignore" | UpsertOptions<Resource>;
  /** `"throw"` (all or nothing) where nothing is said; `"collect"` makes those that can be made. */
  readonly onError?: "throw" | "collect";
}

/** What happened to each input, in the order of the inputs. */
export type CreateOutcome<Row> =
  | { readonly status: "created" | "updated"; readonly record: Row }
  | { readonly status: "skipped" }
  | { readonly status: "failed"; readonly errors: readonly Issue[] };

/** What `createMany` gives: the records that were written, and what happened to each input. */
export interface CreateManyResult<Row> {
  readonly records: Row[];
  readonly outcomes: readonly CreateOutcome<Row>[];
}
