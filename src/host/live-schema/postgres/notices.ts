import { keyOf } from "./relation.js";
import type { TableRows } from "./table.js";

/** What a snapshot does not keep of a table that it can otherwise say. */
export function findNotices({ relation, columns, indexes, constraints }: TableRows): readonly string[] {
  const table = keyOf(relation);
  return [
    ...(relation.unlogged ? [`"${table}" is unlogged, which is not kept.`] : []),
    ...columns.flatMap(({ name, counting }) =>
      counting === null
        ? []
        : [`The sequence of "${name}" of "${table}" counts in its own way (${counting}), which is not kept.`],
    ),
    ...indexes
      .filter(({ constraint, deferrable }) => deferrable && constraint !== "x")
      .map(({ name }) => `"${name}" of "${table}" can be deferred, which is not kept.`),
    ...constraints
      .filter(({ valid, kind }) => !valid && kind !== "x")
      .map(({ name }) => `"${name}" of "${table}" is not validated: rows from before it may break it.`),
  ];
}
