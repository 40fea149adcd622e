import type { Issue } from "../errors/issue.js";
import type { DestinationOf, Loaded, ThroughOf } from "../load/loaded.js";
import type { ManageOptions } from "../manage/manage-options.js";
import type { KeyNameIn, ManageInput } from "../manage/manage-input.js";
import type { AttributeName } from "../relationship.js";
import type { AnyResource } from "../resource.js";
import type {
  ActionInput,
  ActionName,
  AttributeValues,
  Having,
  IdentityName,
  PrimaryInput,
  RelationshipName,
} from "../resource-types.js";

/** What `repo.changeset(User)` gives: a record to be made. */
export interface NewChangeset<in out Resource extends AnyResource, out Row> {
  /** By the primary create action. */
  forCreate(input: PrimaryInput<Resource, "create">): CreateChangeset<Resource, Row>;
  /** By the create action of this name. */
  forCreate<Name extends ActionName<Resource, "create">>(
    action: Name,
    input: ActionInput<Resource, Name>,
  ): CreateChangeset<Resource, Row>;
}

/** What `repo.changeset(User, user)` gives: a record to be changed or destroyed. */
export interface RecordChangeset<in out Resource extends AnyResource, out Row> {
  /** By the primary update action. */
  forUpdate(
    this: Having<Resource, "update">,
    input?: PrimaryInput<Resource, "update">,
  ): UpdateChangeset<Resource, Row>;
  /** By the update action of this name. */
  forUpdate<Name extends ActionName<Resource, "update">>(
    action: Name,
    input?: ActionInput<Resource, Name>,
  ): UpdateChangeset<Resource, Row>;
  /** By the primary destroy action. */
  forDestroy(this: Having<Resource, "destroy">): DestroyChangeset<Resource, Row>;
  /** By the destroy action of this name. */
  forDestroy<Name extends ActionName<Resource, "destroy">>(
    action: Name,
    input?: ActionInput<Resource, Name>,
  ): DestroyChangeset<Resource, Row>;
}

/** What all changesets have. Every method gives a new one; nothing is sent before the last. */
export interface Changeset<in out Resource extends AnyResource> {
  /** Can it be carried out, as far as can be told without the database? */
  readonly valid: boolean;
  /** Everything that is wrong, with the way to each value. */
  readonly errors: readonly Issue[];
  /** Sets attributes, whether or not the action accepts them. */
  change(values: AttributeValues<Resource>): this;
}

/**
 * A record that is to be made.
 *
 * @example
 * await repo.changeset(User).forCreate({ email: "ada@example.org" }).create();
 */
export interface CreateChangeset<in out Resource extends AnyResource, out Row> extends Changeset<Resource> {
  /** Relates records to the new one, in the same transaction. */
  manageRelationship<
    Name extends RelationshipName<Resource>,
    const Options extends ManageOptionsFor<Resource, Name>,
  >(
    relationship: Name,
    input: ManageInput<Resource, Name, KeyNameIn<Options>>,
    options: Options,
  ): CreateChangeset<Resource, Row & Loaded<Resource, Name>>;
  /**
   * Writes the record, all or nothing.
   *
   * @throws InvalidError with every issue
   */
  create(): Promise<Row>;
}

/**
 * A record that is to be changed.
 *
 * @example
 * await repo.changeset(User, user).forUpdate().manageRelationship("tasks", [task], { type: "append" }).update();
 */
export interface UpdateChangeset<in out Resource extends AnyResource, out Row> extends Changeset<Resource> {
  /** Changes which records are related, in the same transaction. */
  manageRelationship<
    Name extends RelationshipName<Resource>,
    const Options extends ManageOptionsFor<Resource, Name>,
  >(
    relationship: Name,
    input: ManageInput<Resource, Name, KeyNameIn<Options>>,
    options: Options,
  ): UpdateChangeset<Resource, Row & Managed<Resource, Name, Options>>;
  /**
   * Writes what changes, all or nothing; gives the record as it is then.
   *
   * @throws InvalidError with every issue, StaleRecordError where the row is gone
   */
  update(): Promise<Row>;
}

/**
 * A record that is to be destroyed.
 *
 * @example
 * await repo.changeset(User, user).forDestroy().destroy();
 */
export interface DestroyChangeset<in out Resource extends AnyResource, out Row> extends Changeset<Resource> {
  /** Changes which records are related, before the row goes. */
  manageRelationship<
    Name extends RelationshipName<Resource>,
    const Options extends ManageOptionsFor<Resource, Name>,
  >(
    relationship: Name,
    input: ManageInput<Resource, Name, KeyNameIn<Options>>,
    options: Options,
  ): DestroyChangeset<Resource, Row>;
  /**
   * Deletes the row; gives the record as it was.
   *
   * @throws InvalidError where other records still refer to it, StaleRecordError where the row is gone
   */
  destroy(): Promise<Row>;
}

/** The options for a relationship of a resource, its attributes and those of its join resource checked. */
export type ManageOptionsFor<
  Resource extends AnyResource,
  Name extends RelationshipName<Resource>,
> = ManageOptions<
  AttributeName<DestinationOf<Resource, Name>>,
  JoinAttributeName<ThroughOf<Resource, Name>>,
  IdentityName<DestinationOf<Resource, Name>>
>;

type JoinAttributeName<Through extends AnyResource> = [Through] extends [never]
  ? never
  : AttributeName<Through>;

/** Only where nothing that is related stays unread does the record come back with all of it. */
type Managed<
  Resource extends AnyResource,
  Name extends RelationshipName<Resource>,
  Options,
> = Options extends { readonly onMissing: infer Missing }
  ? "ignore" extends Missing
    ? unknown
    : Loaded<Resource, Name>
  : Options extends { readonly type: "append_and_remove" | "direct_control" }
    ? Loaded<Resource, Name>
    : unknown;
