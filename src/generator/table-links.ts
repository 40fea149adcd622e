import type { TableSnapshot } from "../migrations/snapshot.js";
import { hashTable, type MigrationHistory } from "./history-store.js";

/** What one migration made of a table, by hashes; null where there is none. */
export interface TableLink {
  readonly migration: string;
  readonly before: string | null;
  readonly after: string | null;
  /** The table before it. */
  readonly table: TableSnapshot | null;
  /** The key that it has from then on, where it was renamed. */
  readonly renamedTo?: string;
}

/** Is there no such table after it, under any name? */
export function isDrop({ after, renamedTo }: TableLink): boolean {
  return after === null && renamedTo === undefined;
}

/** The migrations that changed a table, in the order of their histories. */
export function listLinks(key: string, histories: readonly MigrationHistory[]): readonly TableLink[] {
  return histories.flatMap(({ migration, before, after, renames }) => {
    const table = before.get(key) ?? null;
    if (!after.has(key)) return [];
    const renamedTo = renames?.get(key);
    return [
      {
        ...{ migration, table, before: table && hashTable(table), after: after.get(key) ?? null },
        ...(renamedTo !== undefined && { renamedTo }),
      },
    ];
  });
}
