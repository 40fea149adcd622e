import type { OperationKind } from "../../migrations/operation.js";
import type { TableSnapshot } from "../../migrations/snapshot.js";
import { listPartialStates } from "../table-states.js";
import type { TableLink } from "../table-links.js";

/** Migrations that branched, and the table that came of them. */
export interface MergedLinks {
  readonly links: readonly TableLink[];
  readonly merged: TableSnapshot | undefined;
}

/** What can be added in any order. */
const additions: ReadonlySet<OperationKind> = new Set([
  ...(["addColumn", "addIndex", "addForeignKey", "addCheck", "addStatement"] as const),
]);

/** Has each of the migrations only added something of its own, and the merged table all of it and nothing else? */
export function fitsTogether(key: string, { links, merged }: MergedLinks): boolean {
  const start = links.find((link, index) =>
    links.slice(index + 1).some(({ before }) => before === link.before),
  );
  if (start === undefined || start.table === null || merged === undefined) return false;
  const states = listPartialStates(key, start.table, merged);
  if (states === undefined || states.operations.some(({ kind }) => !additions.has(kind))) return false;
  const find = (hash: string | null): number => states.parts.get(hash ?? "") ?? NaN;
  let all = 0;
  for (const { before, after } of links.slice(links.indexOf(start))) {
    const [from, to] = [find(before), find(after)];
    const added = to & ~from;
    if (Number.isNaN(from) || Number.isNaN(to) || (from & ~to) !== 0 || (added & all) !== 0) return false;
    all |= added;
  }
  return all === (1 << states.operations.length) - 1;
}
