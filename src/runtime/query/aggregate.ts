import type { DestinationOf } from "../load/loaded.js";
import type { AnyResource, AttributeMap } from "../resource.js";
import type { AttributesOf, RelationshipName } from "../resource-types.js";

/** Figures to be worked out, by the names that they get. */
export interface AggregateSpecs<Resource extends AnyResource> {
  readonly [name: string]: AggregateSpec<Resource>;
}

/** How many, or a figure over one attribute: of the records themselves, or of those that a relationship leads to. */
export type AggregateSpec<Resource extends AnyResource> =
  | "count"
  | { readonly count: Target<Resource> | RelationshipName<Resource> }
  | { readonly sum: Target<Resource, Summable> }
  | { readonly avg: Target<Resource, Summable> }
  | { readonly min: Target<Resource, Ordered> }
  | { readonly max: Target<Resource, Ordered> };

/** Numbers; a decimal is a text to the compiler. */
type Summable = number | bigint | string;
type Ordered = Summable | Date;

/** An attribute, or an attribute of related records: `"points"`, `{ tasks: "points" }`. */
export type Target<Resource extends AnyResource, Value = unknown> =
  | NameOf<AttributesOf<Resource>, Value>
  | {
      readonly [Name in RelationshipName<Resource>]?: NameOf<
        AttributesOf<DestinationOf<Resource, Name>>,
        Value
      >;
    };

/** The names of the attributes that hold such values. */
type NameOf<Attributes extends AttributeMap, Value> = {
  [Name in keyof Attributes]: Attributes[Name]["$type"]["value"] extends Value ? Name & string : never;
}[keyof Attributes];

/**
 * The figures: counts and averages are numbers; a sum, a least or a greatest is as the attribute is, and null where there
 * is nothing to take it of.
 */
export type AggregateResults<Resource extends AnyResource, Specs extends AggregateSpecs<Resource>> = {
  readonly [Name in keyof Specs]: AggregateResult<Resource, Specs[Name]>;
};

type AggregateResult<Resource extends AnyResource, Spec> = Spec extends "count" | { readonly count: unknown }
  ? number
  : Spec extends { readonly avg: unknown }
    ? number | null
    : Spec extends { readonly sum: infer T } | { readonly min: infer T } | { readonly max: infer T }
      ? TargetValue<Resource, T> | null
      : never;

type TargetValue<Resource extends AnyResource, T> = T extends keyof AttributesOf<Resource>
  ? AttributesOf<Resource>[T]["$type"]["value"]
  : {
      [Name in keyof T & RelationshipName<Resource>]: T[Name] extends keyof AttributesOf<
        DestinationOf<Resource, Name>
      >
        ? AttributesOf<DestinationOf<Resource, Name>>[T[Name]]["$type"]["value"]
        : never;
    }[keyof T & RelationshipName<Resource>];
