export {
  AshlarError,
  isAshlarError,
  type Location,
  type Problem,
  type ProblemKind,
} from "../support/problem.js";
export {
  create,
  destroy,
  update,
  type AcceptingAction,
  type Action,
  type ActionTypes,
  type ActionOptions,
  type UpsertOptions as ActionUpsertOptions,
  type WriteActionOptions,
} from "./actions/action.js";
export type { ActionDefinition } from "./actions/action-definition.js";
export type {
  ActionContext,
  Change,
  ChangeContext,
  Hook,
  HookContext,
  IssueInput,
  Mentions,
  RecordHook,
  RecordHookContext,
  Validation,
} from "./actions/change.js";
export {
  increment,
  manageRelationship,
  optimisticLock,
  setAttribute,
  setNewAttribute,
} from "./actions/changes.js";
export { all, any, negate } from "./actions/combined-validations.js";
export { compare, type Bound, type Bounds } from "./actions/compare-validation.js";
export {
  read,
  type PreparedArguments,
  type PreparedQuery,
  type ReadActionOptions,
} from "./actions/read-action.js";
export type { ValidationOptions } from "./actions/validation-parts.js";
export {
  absent,
  attributeEquals,
  attributeIn,
  changing,
  confirm,
  match,
  oneOf,
  present,
  stringLength,
} from "./actions/validations.js";
export type {
  AttributeDefault,
  AttributeDefinition,
  AttributeType,
  AttributeTypeKind,
  StorageChoice,
  ValueGenerator,
} from "./attribute-type.js";
export {
  bigint,
  binary,
  boolean,
  date,
  datetime,
  decimal,
  enumeration,
  float,
  integer,
  json,
  string,
  text,
  time,
  uuid,
  type JsonValue,
} from "./attribute-types.js";
export {
  Attribute,
  type AnyAttribute,
  type AttributeFlag,
  type AttributeOptions,
  type AttributeTypes,
  type GeneratedFlag,
  type InputWay,
} from "./attribute.js";
export type {
  Changeset,
  CreateChangeset,
  DestroyChangeset,
  ManageOptionsFor,
  NewChangeset,
  RecordChangeset,
  UpdateChangeset,
} from "./changeset/changeset-types.js";
export { checkDefinitions, findDefinitionProblems } from "./checks/check-definitions.js";
export { EnumAttribute } from "./enum-attribute.js";
export { domain, type Domain, type DomainOptions } from "./domain.js";
export {
  DatabaseUnavailableError,
  InvalidError,
  MultipleResultsError,
  NotFoundError,
  StaleRecordError,
  TransactionAbortedError,
} from "./errors/errors.js";
export type { Issue } from "./errors/issue.js";
export {
  integerPrimaryKey,
  timestamps,
  uuidPrimaryKey,
  uuidV7PrimaryKey,
  type GeneratedDatetime,
  type GeneratedKey,
  type SnakeCaseTimestamps,
  type Timestamps,
} from "./generated-attributes.js";
export type { DestinationOf, Joined, Loaded, ThroughOf } from "./load/loaded.js";
export type { ManageInput, ManageItem } from "./manage/manage-input.js";
export type {
  ManageOptions,
  ManageType,
  OnLookup,
  OnMatch,
  OnMissing,
  OnNoMatch,
} from "./manage/manage-options.js";
export type { AggregateResults, AggregateSpec, AggregateSpecs, Target } from "./query/aggregate.js";
export type { Combinations, Condition, Filter, Operators, Presence } from "./query/filter.js";
export type {
  JoinFilter,
  JoinSort,
  KeyOf,
  LockOptions,
  Page,
  PageOptions,
  Query,
  RowLock,
  Selected,
  Sort,
  SortDirection,
  SortOrder,
  StreamOptions,
  Yields,
} from "./query/query-types.js";
export {
  belongsTo,
  hasMany,
  hasOne,
  manyToMany,
  type AttributeName,
  type BelongsTo,
  type BelongsToOptions,
  type LazyResource,
  type HasMany,
  type HasOne,
  type HasOptions,
  type ManyToMany,
  type ManyToManyOptions,
  type Relationship,
} from "./relationship.js";
export { createRepo, type RepoOptions } from "./repo.js";
export type {
  CreateManyOptions,
  CreateManyResult,
  CreateOutcome,
  LoadOptions,
  Repo,
  UpsertOptions,
} from "./repo-types.js";
export type {
  ActionKind,
  CheckDefinition,
  Deferrable,
  ForeignKeyDefinition,
  IdentityDefinition,
  IndexDefinition,
  IndexKeyDefinition,
  OnDeleteRule,
  OnUpdateRule,
  RelationshipDefinition,
  ResourceDefinition,
  StatementDefinition,
} from "./resource-definition.js";
export { isResource } from "./resource-guard.js";
export type {
  ActionInput,
  ActionName,
  AttributesOf,
  AttributeValues,
  CreateInput,
  DeclaredInput,
  DefaultActionOf,
  Having,
  IdentityName,
  InputValues,
  NoAction,
  NoInput,
  PrimaryAction,
  PrimaryInput,
  PrimaryKeyName,
  RecordOf,
  RelationshipName,
  RelationshipsOf,
  RowOf,
  Selection,
  SingleKey,
  UpdateInput,
} from "./resource-types.js";
export {
  resource,
  type ActionMap,
  type AnyResource,
  type AttributeMap,
  type IdentityMap,
  type RecordValues,
  type ReservedAttributes,
  type ResourceClass,
  type ResourceDeclaration,
  type ResourceTypes,
  type TableMark,
} from "./resource.js";
export type {
  CheckDeclaration,
  ForeignKeyDeclaration,
  IdentityDeclaration,
  IndexDeclaration,
  IndexKey,
  Named,
  StatementDeclaration,
  TableOptions,
} from "./table-declaration.js";
export type { QueryEvent, QueryListener } from "./session/query-event.js";
export type { TransactionOptions } from "./session/transaction-options.js";
