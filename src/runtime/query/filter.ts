import type { DestinationOf } from "../load/loaded.js";
import type { AnyResource } from "../resource.js";
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
export type Filter<Resource extends AnyResource> = AttributeConditions<Resource> &
  RelationshipConditions<Resource> &
  Combinations<Resource>;

type AttributeConditions<Resource extends AnyResource> = {
  readonly [Name in keyof AttributesOf<Resource>]?:
    | AttributesOf<Resource>[Name]["$type"]["record"]
    | Operators<AttributesOf<Resource>[Name]["$type"]["value"]>;
};

type RelationshipConditions<Resource extends AnyResource> = {
  readonly [Name in RelationshipName<Resource>]?: Filter<DestinationOf<Resource, Name>>;
};

export interface Combinations<Resource extends AnyResource> {
  readonly and?: readonly Filter<Resource>[];
  readonly or?: readonly Filter<Resource>[];
  readonly not?: Filter<Resource>;
}

/**
 * Conditions on one attribute; all that stand in one object have to hold. As in SQL, null is neither equal to a value nor
 * different from it: `{ not: "x" }` leaves out what is null.
 */
export interface Operators<Value> {
  readonly eq?: Value | null;
  readonly not?: Value | null;
  readonly gt?: Value;
  readonly gte?: Value;
  readonly lt?: Value;
  readonly lte?: Value;
  readonly in?: readonly Value[];
  readonly notIn?: readonly Value[];
  readonly isNull?: boolean;
  /** A pattern with `%` for any text and `_` for one character; `\` takes the next one as it is. */
  readonly like?: Pattern<Value>;
  /** As `like`, with letters from a to z in either case. */
  readonly ilike?: Pattern<Value>;
  /** A part of the text; of a list: one of its elements. */
  readonly contains?: Value extends readonly (infer Element)[] ? Element : Pattern<Value>;
  readonly startsWith?: Pattern<Value>;
  readonly endsWith?: Pattern<Value>;
}

type Pattern<Value> = Value extends string ? string : never;
