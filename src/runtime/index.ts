export {
  AshlarError,
  isAshlarError,
  type Location,
  type Problem,
  type ProblemKind,
} from "../support/problem.js";
export type {
  AttributeDefault,
  AttributeDefinition,
  AttributeType,
  AttributeTypeKind,
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
  type InputWay,
} from "./attribute.js";
export { checkDefinitions, findDefinitionProblems } from "./checks/check-definitions.js";
export { domain, type Domain, type DomainOptions } from "./domain.js";
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
export type { Repo } from "./repo-types.js";
export type {
  ActionKind,
  IdentityDefinition,
  OnDeleteRule,
  RelationshipDefinition,
  ResourceDefinition,
} from "./resource-definition.js";
export { isResource } from "./resource-guard.js";
export type {
  CreateInput,
  DefaultActionOf,
  IdentityName,
  InputValues,
  RecordOf,
  RelationshipName,
  RelationshipsOf,
  UpdateInput,
} from "./resource-types.js";
export {
  resource,
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
