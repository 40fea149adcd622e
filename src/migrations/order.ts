/**
 * The order of operations.
 *
 * An operation says which facts it makes true and which it needs to be true first (`operation-facts.ts`): adding a
 * foreign key needs "table users is ready", and creating `users` makes it so. Every operation that provides a fact comes
 * before every one that requires it; a fact that nobody in the batch provides was true before it. Operations that the
 * facts leave free keep the order in which they were given, so the same diff always gives the same migration.
 *
 * Two tables that refer to each other cannot both come first. Where creations form a circle, the foreign key that
 * closes it is split off its table and added after; where removals do, it is dropped before. Where names change places,
 * one of them steps aside. No other circle can come from comparing two snapshots, so any other is reported as a bug.
 *
 * The way down needs no sorting of its own: it is the way up reversed, each operation inverted. That holds because for
 * every fact that orders two operations, their inverses are ordered the other way round.
 */
import { failure } from "../support/problem.js";
import { nameColumn } from "./expand-operations.js";
import { factsOf } from "./operation-facts.js";
import type { Operation } from "./operation.js";
import { findSubject } from "./operation-subject.js";
import { splitCircles } from "./split-circles.js";
import { splitRenameCircles } from "./split-rename-circles.js";

/**
 * The same operations in an order in which a database takes them; foreign keys that close a circle of tables become
 * operations of their own.
 *
 * @throws AshlarError where operations require each other: by SQL that was given, else it is a bug.
 * @example
 * orderOperations([createUserTasks, createUsers]); // [createUsers, createUserTasks]
 */
export function orderOperations(operations: readonly Operation[]): readonly Operation[] {
  return sortByFacts(splitRenameCircles(splitCircles(operations)));
}

/** A depth-first walk in the given order: each operation after those it needs, otherwise as given. */
function sortByFacts(operations: readonly Operation[]): readonly Operation[] {
  const known = operations.map((operation) => ({ operation, ...factsOf(operation) }));
  const providers = groupByFact(known);
  const sorted: Operation[] = [];
  const state = new Map<Operation, "open" | "done">();
  const path: Operation[] = [];
  const place = (item: (typeof known)[number]): void => {
    if (state.get(item.operation) === "open") {
      throw circleError(path.slice(path.indexOf(item.operation)));
    }
    if (state.has(item.operation)) return;
    state.set(item.operation, "open");
    path.push(item.operation);
    for (const needed of item.requires.flatMap((fact) => providers.get(fact) ?? [])) {
      if (needed !== item) place(needed);
    }
    state.set(item.operation, "done");
    path.pop();
    sorted.push(item.operation);
  };
  known.forEach(place);
  return sorted;
}

function groupByFact<Item extends { readonly provides: readonly string[] }>(
  items: readonly Item[],
): ReadonlyMap<string, readonly Item[]> {
  const providers = new Map<string, Item[]>();
  for (const item of items) {
    for (const fact of item.provides) {
      const known = providers.get(fact);
      if (known) known.push(item);
      else providers.set(fact, [item]);
    }
  }
  return providers;
}

/** SQL that was given for rows needs the other columns as they were: two pieces of it can need each other. */
function circleError(operations: readonly Operation[]): Error {
  const given = operations.flatMap(findGivenSql).map((column) => `"${column}"`);
  if (given.length > 0) {
    return failure({
      code: "migration.answers.circle",
      message: `The SQL that was given for the rows of ${given.join(" and ")} cannot be carried out: it needs columns as they were that have to change first.`,
      hint: "Write it without the columns that change too, or change them in a migration of their own.",
    });
  }
  const kinds = operations.map((operation) => `${operation.kind} ${findSubject(operation)}`);
  return failure({
    code: "migration.order.circle",
    message: `These operations require each other: ${kinds.join(", ")}.`,
    hint: "This is a bug in ashlar; please report it with both snapshots.",
  });
}

/** The column whose rows get values by SQL that was given. */
function findGivenSql(operation: Operation): readonly string[] {
  if (operation.kind === "fillColumn") return [nameColumn(operation.table, operation.column)];
  if (operation.kind !== "alterColumn" || operation.using === undefined) return [];
  return [nameColumn(operation.table, operation.after.name)];
}
