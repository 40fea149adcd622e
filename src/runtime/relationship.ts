import type { AnyResource } from "./resource.js";
import type { Deferrable, OnDeleteRule, OnUpdateRule } from "./resource-definition.js";

/** The names of a resource's attributes. */
export type AttributeName<Resource extends AnyResource> = keyof Resource["$type"]["attributes"] & string;

/**
 * A function that names a resource. Relationships carry the function's type and not the resource's own: the compiler
 * compares and infers through the types it is given, and stops where one shape nests in itself again. Given the
 * classes alone it would walk the whole circle and exhaust its stack.
 */
export type LazyResource = () => AnyResource;

/** This resource holds the key of one record of the other. */
export interface BelongsTo<out Destination extends LazyResource, out SourceAttribute extends string = never> {
  readonly kind: "belongsTo";
  readonly destination: Destination;
  readonly sourceAttribute?: SourceAttribute;
  readonly destinationAttribute?: string;
  readonly onDelete?: OnDeleteRule;
  readonly onUpdate?: OnUpdateRule;
  readonly deferrable?: Deferrable;
  readonly foreignKey?: string | false;
  readonly index?: boolean;
}

/** What `belongsTo` is told. */
export interface BelongsToOptions<Destination extends AnyResource, SourceAttribute extends string> {
  /** The attribute here that holds the key; `<name>Id` where it is not given, or `<name>_id` where only that exists. */
  readonly sourceAttribute?: SourceAttribute;
  /** The attribute there that the key names; its primary key where it is not given. */
  readonly destinationAttribute?: keyof Destination["$type"]["attributes"] & string;
  /** What happens to this record when the other goes; `"noAction"` where it is not given: the other stays. */
  readonly onDelete?: OnDeleteRule;
  /** What happens to this record when the other's key changes; `"noAction"` where it is not given: the key stays. */
  readonly onUpdate?: OnUpdateRule;
  /** Checked at the end of a transaction, always or when that asks for it: for rows that refer to each other. */
  readonly deferrable?: Deferrable;
  /** The foreign key's name where it is not `<table>_<column>_fkey`; false where the database is to have none. */
  readonly foreignKey?: string | false;
  /** False where no index over the key is wanted; there is one with every foreign key. */
  readonly index?: boolean;
}

/**
 * A record of this resource belongs to one of another, whose key it holds.
 *
 * @param destination the other resource, in a function, so that files may import each other
 * @example
 * static readonly relationships = {
 *   user: belongsTo(() => User, { onDelete: "cascade" }),             // by the attribute userId
 *   author: belongsTo(() => User, { sourceAttribute: "writtenById" }),
 * };
 */
export function belongsTo<Destination extends AnyResource, const SourceAttribute extends string = never>(
  destination: () => Destination,
  options?: BelongsToOptions<Destination, SourceAttribute>,
): BelongsTo<NoInfer<() => Destination>, SourceAttribute> {
  return Object.freeze({ kind: "belongsTo", destination, ...options });
}

/** One record of the other resource holds this one's key. */
export interface HasOne<out Destination extends LazyResource> {
  readonly kind: "hasOne";
  readonly destination: Destination;
  readonly destinationAttribute: string;
  readonly sourceAttribute?: string;
}

/** Many records of the other resource hold this one's key. */
export interface HasMany<out Destination extends LazyResource> {
  readonly kind: "hasMany";
  readonly destination: Destination;
  readonly destinationAttribute: string;
  readonly sourceAttribute?: string;
}

/** What `hasOne` and `hasMany` are told. */
export interface HasOptions<Destination extends AnyResource> {
  /** The attribute there that holds this record's key. */
  readonly destinationAttribute: keyof Destination["$type"]["attributes"] & string;
  /** The attribute here that the key names; the primary key where it is not given. */
  readonly sourceAttribute?: string;
}

/**
 * At most one record of another resource holds this one's key.
 *
 * @param destination the other resource, in a function, so that files may import each other
 * @example
 * static readonly relationships = { profile: hasOne(() => Profile, { destinationAttribute: "userId" }) };
 */
export function hasOne<Destination extends AnyResource>(
  destination: () => Destination,
  options: HasOptions<Destination>,
): HasOne<NoInfer<() => Destination>> {
  return Object.freeze({ kind: "hasOne", destination, ...options });
}

/**
 * Any number of records of another resource hold this one's key.
 *
 * @param destination the other resource, in a function, so that files may import each other
 * @example
 * static readonly relationships = { userTasks: hasMany(() => UserTask, { destinationAttribute: "userId" }) };
 */
export function hasMany<Destination extends AnyResource>(
  destination: () => Destination,
  options: HasOptions<Destination>,
): HasMany<NoInfer<() => Destination>> {
  return Object.freeze({ kind: "hasMany", destination, ...options });
}

/** Many records of this resource meet many of the other, each meeting a record of the join resource. */
export interface ManyToMany<out Destination extends LazyResource, out Through extends LazyResource> {
  readonly kind: "manyToMany";
  readonly destination: Destination;
  readonly through: Through;
  readonly sourceAttributeOnJoinResource: string;
  readonly destinationAttributeOnJoinResource: string;
  readonly sourceAttribute?: string;
  readonly destinationAttribute?: string;
}

/** What `manyToMany` is told. */
export interface ManyToManyOptions<Destination extends AnyResource, Through extends AnyResource> {
  /** The join resource, in a function. */
  readonly through: () => Through;
  /** The join resource's attribute that holds this record's key. */
  readonly sourceAttributeOnJoinResource: keyof Through["$type"]["attributes"] & string;
  /** The join resource's attribute that holds the other record's key. */
  readonly destinationAttributeOnJoinResource: keyof Through["$type"]["attributes"] & string;
  /** The attribute here that the join key names; the primary key where it is not given. */
  readonly sourceAttribute?: string;
  /** The attribute there that the join key names; its primary key where it is not given. */
  readonly destinationAttribute?: keyof Destination["$type"]["attributes"] & string;
}

/**
 * Any number of records of another resource, met through a join resource that holds both keys.
 *
 * @param destination the other resource, in a function, so that files may import each other
 * @example
 * static readonly relationships = {
 *   tasks: manyToMany(() => Task, {
 *     through: () => UserTask,
 *     sourceAttributeOnJoinResource: "userId",
 *     destinationAttributeOnJoinResource: "taskId",
 *   }),
 * };
 */
export function manyToMany<Destination extends AnyResource, Through extends AnyResource>(
  destination: () => Destination,
  options: ManyToManyOptions<Destination, Through>,
): ManyToMany<NoInfer<() => Destination>, NoInfer<() => Through>> {
  return Object.freeze({ kind: "manyToMany", destination, ...options });
}

/** Any relationship, as it was declared. */
export type Relationship =
  | BelongsTo<LazyResource, string>
  | HasOne<LazyResource>
  | HasMany<LazyResource>
  | ManyToMany<LazyResource, LazyResource>;
