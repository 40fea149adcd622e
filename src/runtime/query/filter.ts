import type { DestinationOf } from "../load/loaded.js";
import type { AnyResource, AttributeMap } from "../resource.js";
import type { AttributesOf, RelationshipName } from "../resource-types.js";

/**
 * Which records are meant: conditions on attributes by name, on related records by the name of the relationship (at least
 * one has to match), and `and`, `or`, `not`. All that stand in one object have to hold.
 *
 * @example
 * const filter: Filter<typeof User> = {
 *   email: { contains: "@example.org" },
 *   or: [{ name: null }, { name: { startsWith: "A" } }],
 *   tasks: { title: "Write the report" },
 * };
 */
export type Filter<Resource extends AnyResource> = AttributeConditions<AttributesOf<Resource>> &
  RelationshipConditions<Resource> &
  Combinations<Resource>;

type AttributeConditions<Attributes extends AttributeMap> = {
  readonly [Name in keyof Attributes]?: Condition<Attributes[Name]["$type"]>;
};

/** A value or operators. What is parsed from JSON is not compared. */
export type Condition<Types extends { readonly record: unknown; readonly value: unknown }> = [
  Types["value"],
] extends [Scalar | Uint8Array | readonly unknown[]]
  ? Types["record"] | Operators<Types["value"]>
  : null | Presence;

type Scalar = string | number | bigint | boolean | Date;

type RelationshipConditions<Resource extends AnyResource> = {
  readonly [Name in RelationshipName<Resource>]?: Filter<DestinationOf<Resource, Name>>;
};

/** Filters put together. */
export interface Combinations<Resource extends AnyResource> {
  readonly and?: readonly Filter<Resource>[];
  readonly or?: readonly Filter<Resource>[];
  readonly not?: Filter<Resource>;
}

/** Is there a value? */
export interface Presence {
  readonly isNull?: boolean;
}

/**
 * Conditions on one attribute; all that stand in one object have to hold. As in SQL, null is neither equal to a value nor
 * different from it: `{ not: "x" }` leaves out what is null.
 */
export interface Operators<Value> extends Presence {
  readonly eq?: Value | null;
  readonly not?: Value | null;
  readonly gt?: Ordered<Value>;
  readonly gte?: Ordered<Value>;
  readonly lt?: Ordered<Value>;
  readonly lte?: Ordered<Value>;
  readonly in?: readonly Value[];
  readonly notIn?: readonly Value[];
  /** A pattern with `%` for any text and `_` for one character; `\` takes the next one as it is. */
  readonly like?: Pattern<Value>;
  /** As `like`, with letters from a to z in either case. */
  readonly ilike?: Pattern<Value>;
  /** A part of the text; of a list: one of its elements. */
  readonly contains?: Value extends readonly (infer Element)[] ? Element : Pattern<Value>;
  readonly startsWith?: Pattern<Value>;
  readonly endsWith?: Pattern<Value>;
}

type Ordered<Value> = Value extends boolean | Uint8Array | readonly unknown[] ? never : Value;

type Pattern<Value> = Value extends string ? string : never;
