import { buildTableKey } from "../../support/table-key.js";
import type { TableSnapshot } from "../../migrations/snapshot.js";
import { suggest } from "../did-you-mean.js";
import type { FromDatabaseRequest } from "../from-database-request.js";
import type { Problems } from "../request/problems.js";
import type { ExistingSchema } from "./existing-schema.js";

/** A table that is to become a resource. */
export interface SelectedTable {
  readonly key: string;
  readonly table: TableSnapshot;
  /** Why migrations leave it alone, as what follows the name; absent where they do not. */
  readonly why?: string;
}

/** Kinds that come along where they are asked for. */
export const views: ReadonlySet<string> = new Set(["view", "materialized view"]);

/**
 * The tables that were asked for, in the order of their keys: those of `--tables`, or all, without those of
 * `--skip-tables`. Views come along where they are asked for, by their names or by `--include-views`; a partition does
 * not, since its rows are those of the table that it is a part of. What has no columns has nothing for a resource to say.
 */
export function selectTables(
  schema: ExistingSchema,
  request: FromDatabaseRequest,
  problems: Problems,
): readonly SelectedTable[] {
  const all = listTables(schema);
  checkPatterns(request, all, problems);
  const isAsked = (key: string) => request.tables.some((pattern) => matches(pattern, key, all));
  return all
    .filter(({ table }) => table.columns.length > 0)
    .filter(({ key, isOptional, kind }) =>
      request.tables.length > 0 ? isAsked(key) : !isOptional || (request.includeViews && views.has(kind)),
    )
    .filter(({ key }) => !request.skipTables.some((pattern) => matches(pattern, key, all)))
    .map(({ key, table, why }) => ({ key, table, ...(why !== undefined && { why }) }));
}

interface ListedTable extends SelectedTable {
  readonly kind: string;
  /** Left out unless it is asked for. */
  readonly isOptional: boolean;
}

function listTables({ snapshot, unmanaged }: ExistingSchema): readonly ListedTable[] {
  const managed = [...snapshot].map(([key, table]) => ({ key, table, kind: "table", isOptional: false }));
  const others = unmanaged.map(({ key, table, kind, why }) => ({
    ...{ key, table, kind, why },
    isOptional: views.has(kind) || kind === "partition",
  }));
  return [...managed, ...others].toSorted((left, right) => (left.key < right.key ? -1 : 1));
}

function checkPatterns(
  { tables, skipTables }: FromDatabaseRequest,
  all: readonly ListedTable[],
  problems: Problems,
): void {
  if (all.length === 0) return void problems.add(noTables);
  const keys = all.map(({ key }) => key);
  const check = (flag: string, patterns: readonly string[]) => {
    for (const pattern of patterns) {
      if (!keys.some((key) => matches(pattern, key, all))) problems.add(unknownTable(flag, pattern, keys));
    }
  };
  check("--tables", tables);
  check("--skip-tables", skipTables);
}

/** A table by its key, or by its bare name where that means one; a star stands for anything. */
function matches(pattern: string, key: string, all: readonly ListedTable[]): boolean {
  const bare = (each: ListedTable) => buildTableKey({ name: each.table.name });
  if (pattern.includes("*")) return toExpression(pattern).test(key);
  if (all.some((each) => each.key === pattern)) return key === pattern;
  const named = all.filter((each) => bare(each) === pattern || each.table.name === pattern);
  return named.length === 1 && named[0]?.key === key;
}

function toExpression(pattern: string): RegExp {
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`);
}

const noTables = {
  code: "database.empty",
  message: "The database has no tables of its own.",
  hint: "Look at the connection in the knexfile; to begin with a resource: npx ashlar gen resource <Domain> <Name>",
};

function unknownTable(flag: string, pattern: string, keys: readonly string[]) {
  const there = keys.length > 12 ? [...keys.slice(0, 12), "…"] : keys;
  return {
    code: "table.unknown",
    message: `${flag} names "${pattern}", and the database has no such table.`,
    hint: suggest(pattern, keys, `It has: ${there.join(", ")}.`),
  };
}
