import { InvalidError } from "../errors/errors.js";
import type { DatabaseKind } from "../values/database.js";
import { canListBind } from "../values/list-binding.js";
import type { Condition } from "./condition.js";

/** SQLite takes 32,766 values in a statement, and a distinct query says its conditions twice. */
const MAXIMUM_VALUES = 10_000;

type Counters = {
  readonly [Kind in Condition["kind"]]: (
    condition: Extract<Condition, { kind: Kind }>,
    database: DatabaseKind,
  ) => number;
};

const one = (): number => 1;

const counters: Counters = {
  compare: one,
  null: one,
  pattern: one,
  element: one,
  list: ({ column, values }, database) => (canListBind(column.attribute.type, database) ? 1 : values.length),
  and: ({ conditions }, database) => countValues(conditions, database),
  or: ({ conditions }, database) => countValues(conditions, database),
  not: ({ condition }, database) => countValues([condition], database),
  related: ({ condition }, database) => 1 + countValues([condition], database),
  join: ({ condition }, database) => countValues([condition], database),
};

function countValues(conditions: readonly Condition[], database: DatabaseKind): number {
  return conditions.reduce((sum, condition) => {
    const count = counters[condition.kind] as (condition: Condition, database: DatabaseKind) => number;
    return sum + count(condition, database);
  }, 0);
}

/**
 * Refuses conditions that no database would take together.
 *
 * @throws InvalidError `filter.too_large`
 */
export function checkSize(conditions: readonly Condition[], database: DatabaseKind): void {
  const size = countValues(conditions, database);
  if (size <= MAXIMUM_VALUES) return;
  throw new InvalidError([
    {
      code: "filter.too_large",
      message: `The filter has ${String(size)} conditions; a query takes at most ${String(MAXIMUM_VALUES)}.`,
      hint: "Ask for a list of values by one { in: […] }, or read in parts.",
      path: ["filter"],
    },
  ]);
}
