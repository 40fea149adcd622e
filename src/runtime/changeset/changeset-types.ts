import type { Issue } from "../errors/issue.js";
import type { DestinationOf, Loaded, ThroughOf } from "../load/loaded.js";
import type { ManageOptions } from "../manage/manage-options.js";
import type { ManageInput } from "../manage/manage-input.js";
import type { AttributeName } from "../relationship.js";
import type { AnyResource } from "../resource.js";
import type { ActionInput, ActionName, AttributeValues, RelationshipName } from "../resource-types.js";

/** What `repo.changeset(User)` gives: a record to be made. */
export interface NewChangeset<Resource extends AnyResource, Row> {
  forCreate(input: ActionInput<Resource, "create">): CreateChangeset<Resource, Row>;
  forCreate<Name extends ActionName<Resource, "create">>(
    action: Name,
    input: ActionInput<Resource, Name>,
  ): CreateChangeset<Resource, Row>;
}

/** What `repo.changeset(User, user)` gives: a record to be changed or destroyed. */
export interface RecordChangeset<Resource extends AnyResource, Row> {
  forUpdate(input?: ActionInput<Resource, "update">): UpdateChangeset<Resource, Row>;
  forUpdate<Name extends ActionName<Resource, "update">>(
    action: Name,
    input?: ActionInput<Resource, Name>,
  ): UpdateChangeset<Resource, Row>;
  forDestroy(): DestroyChangeset<Resource, Row>;
  forDestroy<Name extends ActionName<Resource, "destroy">>(
    action: Name,
    input?: ActionInput<Resource, Name>,
  ): DestroyChangeset<Resource, Row>;
}

/** What all changesets have. Every method gives a new one; nothing is sent before the last. */
export interface Changeset<Resource extends AnyResource> {
  /** Can it be carried out, as far as can be told without the database? */
  readonly valid: boolean;
  /** Everything that is wrong, with the way to each value. */
  readonly errors: readonly Issue[];
  /** Sets attributes, whether or not the action accepts them. */
  change(values: AttributeValues<Resource>): this;
}

export interface CreateChangeset<Resource extends AnyResource, Row> extends Changeset<Resource> {
  /** Relates records to the new one, in the same transaction. */
  manageRelationship<Name extends RelationshipName<Resource>>(
    relationship: Name,
    input: ManageInput<Resource, Name>,
    options: ManageOptionsFor<Resource, Name>,
  ): CreateChangeset<Resource, Row & Loaded<Resource, Name>>;
  /**
   * Writes the record, all or nothing.
   *
   * @throws InvalidError with every issue
   */
  create(): Promise<Row>;
}

export interface UpdateChangeset<Resource extends AnyResource, Row> extends Changeset<Resource> {
  /** Changes which records are related, in the same transaction. */
  manageRelationship<
    Name extends RelationshipName<Resource>,
    const Options extends ManageOptionsFor<Resource, Name>,
  >(
    relationship: Name,
    input: ManageInput<Resource, Name>,
    options: Options,
  ): UpdateChangeset<Resource, Row & Managed<Resource, Name, Options>>;
  /**
   * Writes what changes, all or nothing; gives the record as it is then.
   *
   * @throws InvalidError with every issue, StaleRecordError where the row is gone
   */
  update(): Promise<Row>;
}

export interface DestroyChangeset<Resource extends AnyResource, Row> extends Changeset<Resource> {
  manageRelationship<Name extends RelationshipName<Resource>>(
    relationship: Name,
    input: ManageInput<Resource, Name>,
    options: ManageOptionsFor<Resource, Name>,
  ): DestroyChangeset<Resource, Row>;
  /**
   * Deletes the row; gives the record as it was.
   *
   * @throws InvalidError where other records still refer to it, StaleRecordError where the row is gone
   */
  destroy(): Promise<Row>;
}

export type ManageOptionsFor<
  Resource extends AnyResource,
  Name extends RelationshipName<Resource>,
> = ManageOptions<AttributeName<DestinationOf<Resource, Name>>, AttributeName<ThroughOf<Resource, Name>>>;

/** Only where nothing that is related stays unread does the record come back with all of it. */
type Managed<
  Resource extends AnyResource,
  Name extends RelationshipName<Resource>,
  Options,
> = Options extends { readonly type: "append_and_remove" | "direct_control" }
  ? Loaded<Resource, Name>
  : unknown;
