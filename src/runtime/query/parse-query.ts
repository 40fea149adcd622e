import { toSnakeCase } from "../../support/casing.js";
import { usageError } from "../../support/problem.js";
import { InvalidError } from "../errors/errors.js";
import type { Issue } from "../errors/issue.js";
import { columnOf, type ColumnMap, type TableMap } from "../mapping/table-map.js";
import { describeGiven } from "../values/given-value.js";
import { findNearestWord } from "../values/nearest-word.js";
import type { QueryData } from "./query-data.js";

/** What a reading gives, or an error with all the issues that it met. */
export function collectIssues<Result>(read: (issues: Issue[]) => Result): Result {
  const issues: Issue[] = [];
  const result = read(issues);
  if (issues.length > 0) throw new InvalidError(issues);
  return result;
}

/** The columns of these attributes, each once. */
export function findColumns(table: TableMap, method: string, names: readonly unknown[]): ColumnMap[] {
  const unknown = names.flatMap((name, index) =>
    typeof name === "string" && table.byName.has(name) ? [] : [describeUnknown(table, name, [method, index])],
  );
  if (unknown.length > 0) throw new InvalidError(unknown);
  return [...new Set(names)].map((name) => columnOf(table, String(name)));
}

function describeUnknown(table: TableMap, name: unknown, path: Issue["path"]): Issue {
  const names = [...table.byName.keys()];
  const similar = typeof name === "string" ? findNearestWord(name, names) : undefined;
  return {
    code: `${String(path[0])}.name.unknown`,
    message: `${describeGiven(name)} is not an attribute of ${table.definition.name}.`,
    hint: similar === undefined ? `There are ${names.join(", ")}.` : `Did you mean ${similar}?`,
    path,
  };
}

export function requireCount(name: string, count: unknown): number {
  if (typeof count === "number" && Number.isSafeInteger(count) && count >= 0) return count;
  throw new InvalidError([
    {
      code: `query.${toSnakeCase(name)}.invalid`,
      message: `The ${name} is a whole number from 0 up, not ${describeGiven(count)}.`,
      path: [name],
    },
  ]);
}

const locks = new Set<unknown>(["forUpdate", "forNoKeyUpdate", "forShare", "forKeyShare"]);
const waits = new Set<unknown>([undefined, "skip", "fail"]);

export function requireLock(lock: NonNullable<QueryData["lock"]>): NonNullable<QueryData["lock"]> {
  if (locks.has(lock.lock) && waits.has(lock.locked)) return lock;
  throw usageError({
    code: "query.lock.unknown",
    message: `There is no lock ${describeGiven(lock.lock)} with locked: ${describeGiven(lock.locked)}.`,
    hint: `Use one of ${[...locks].join(", ")}, and locked: "skip", "fail" or nothing.`,
  });
}
