import type { ActionContext, IssueInput, Validation } from "./change.js";
import { compareValues } from "./compare-values.js";
import { describe, findField, isAsked, writeValue, type ValidationOptions } from "./validation-parts.js";

/** A value, or the name of another attribute or argument: `{ attribute: "startsOn" }`. */
export type Bound = number | bigint | string | Date | { readonly attribute: string };

/** What `compare` asks of a value. */
export interface Bounds {
  readonly greaterThan?: Bound;
  readonly greaterThanOrEqual?: Bound;
  readonly lessThan?: Bound;
  readonly lessThanOrEqual?: Bound;
}

interface Side {
  readonly holds: (order: number) => boolean;
  readonly code: "attribute.too_small" | "attribute.too_large";
  readonly words: string;
}

const sides: Record<keyof Bounds, Side> = {
  greaterThan: { holds: (order) => order > 0, code: "attribute.too_small", words: "greater than" },
  greaterThanOrEqual: { holds: (order) => order >= 0, code: "attribute.too_small", words: "at least" },
  lessThan: { holds: (order) => order < 0, code: "attribute.too_large", words: "less than" },
  lessThanOrEqual: { holds: (order) => order <= 0, code: "attribute.too_large", words: "at most" },
};

/**
 * Wants a number, a date or a time within bounds; decimals compare by what they are worth. A bound is a value, or
 * `{ attribute }` for another attribute or argument. Where either is null nothing is asked.
 *
 * @example
 * validations: [compare("price", { greaterThan: 0 }), compare("endsOn", { greaterThan: { attribute: "startsOn" } })]
 */
export function compare(name: string, { message, ...bounds }: Bounds & ValidationOptions): Validation {
  // What is left of the options are the bounds.
  const given = Object.entries(bounds) as [keyof Bounds, Bound][];
  const others = given.flatMap(([, bound]) => findOther(bound) ?? []);
  const names = [name, ...others];
  const applies = (context: ActionContext): boolean =>
    names.some((each) => isAsked(context, each)) &&
    names.every((each) => (context.find(each) ?? null) !== null);
  return describe({ mentions: { fields: names }, applies }, (context) => {
    if (!names.some((each) => isAsked(context, each))) return undefined;
    return given.flatMap(([side, bound]) => {
      const found = check(context, name, sides[side], bound);
      return found === undefined ? [] : [{ ...found, ...(message !== undefined && { message }) }];
    });
  });
}

function check(
  context: ActionContext,
  name: string,
  { holds, code, words }: Side,
  bound: Bound,
): IssueInput | undefined {
  const other = findOther(bound);
  const [value, limit] = [context.find(name), other === undefined ? bound : context.find(other)];
  if ((value ?? null) === null || (limit ?? null) === null) return undefined;
  const order = compareValues(findField(context, name).type, value, limit);
  if (order !== undefined && holds(order)) return undefined;
  return { code, message: `${name} must be ${words} ${other ?? writeValue(bound)}.`, attribute: name };
}

function findOther(bound: Bound): string | undefined {
  return typeof bound === "object" && "attribute" in bound ? bound.attribute : undefined;
}
