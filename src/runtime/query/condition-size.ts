/**
 * How much a database takes. SQLite has 32,766 values in a statement, and a parser with a stack of 100 places. PostgreSQL
 * plans an EXISTS among alternatives in two ways, and each one nested in it for both: fourteen deep take all memory. A
 * hostile filter must meet an error of ours before that, the same one on every database.
 */
import { InvalidError } from "../errors/errors.js";
import type { Issue } from "../errors/issue.js";
import type { DatabaseKind } from "../values/database.js";
import { canListBind } from "../values/list-binding.js";
import { combine, type Condition } from "./condition.js";

/** A distinct query says its conditions twice. */
const MAXIMUM_VALUES = 10_000;
/** Measured: 85 places still parse in a count, and distinct takes some of them. */
const MAXIMUM_PLACES = 60;

/** How many values a condition binds, at least one, and how many places SQLite's parser needs at its deepest. */
interface Size {
  readonly values: number;
  readonly places: number;
}

type Measures = {
  readonly [Kind in Condition["kind"]]: (
    condition: Extract<Condition, { kind: Kind }>,
    database: DatabaseKind,
  ) => Size;
};

const single = (): Size => ({ values: 1, places: 1 });

const measures: Measures = {
  compare: single,
  null: single,
  pattern: single,
  element: single,
  list: ({ column, values }, database) => ({
    values: canListBind(column.attribute.type, database) ? 1 : values.length,
    places: 1,
  }),
  and: ({ conditions }, database) => measureAll(conditions, database),
  or: ({ conditions }, database) => measureAll(conditions, database),
  not: ({ condition }, database) => deepen(measure(condition, database), 2),
  related: ({ condition }, database) => deepen(measure(condition, database), 9),
  join: ({ condition }, database) => measure(condition, database),
};

function measure(condition: Condition, database: DatabaseKind): Size {
  // The compiler does not see that the kind picks the member which takes this very condition.
  const measureKind = measures[condition.kind] as (condition: Condition, database: DatabaseKind) => Size;
  return measureKind(condition, database);
}

function measureAll(conditions: readonly Condition[], database: DatabaseKind): Size {
  let [values, places] = [0, 0];
  for (const condition of conditions) {
    const size = measure(condition, database);
    values += size.values;
    places = Math.max(places, size.places);
  }
  return { values: Math.max(values, 1), places: places + (conditions.length > 1 ? 3 : 0) };
}

function deepen({ values, places }: Size, by: number): Size {
  return { values, places: places + by };
}

/**
 * Refuses conditions that the database would not take together.
 *
 * @throws InvalidError `filter.too_large`, `filter.too_deep`
 */
export function checkSize(conditions: readonly Condition[], database: DatabaseKind): void {
  const { values, places } = measure(combine(conditions), database);
  if (values > MAXIMUM_VALUES) throw new InvalidError([createLargeIssue(values)]);
  if (places > MAXIMUM_PLACES) throw new InvalidError([createDeepIssue()]);
}

function createLargeIssue(values: number): Issue {
  return {
    code: "filter.too_large",
    message: `The filter has ${String(values)} conditions; a query takes at most ${String(MAXIMUM_VALUES)}.`,
    hint: "Ask for a list of values by one { in: […] }, or read in parts.",
    path: ["filter"],
  };
}

function createDeepIssue(): Issue {
  return {
    code: "filter.too_deep",
    message: 'The filter is nested too deep: about six relationships, or thirty times "not", are the most.',
    hint: "Read the keys of the inner records first, and ask for them by { in: […] }.",
    path: ["filter"],
  };
}
