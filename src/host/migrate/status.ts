import { readAdopted } from "./adopt-squashes.js";
import { withDatabase, type DatabaseOptions } from "./database.js";
import { listApplied, listPending, type AppliedMigration, type PendingMigration } from "./history.js";

/** A migration, whether this database has it, and what is not in order with it. */
export type MigrationStatus = AppliedMigration | PendingMigration;

/**
 * What has run, in the order it ran, then what has not. Changes nothing.
 *
 * @throws AshlarError as `withDatabase` does
 * @example
 * await readStatus({ root: "/home/ada/shop", knexfile: "knexfile.ts" });
 * // [{ state: "applied", name: "20260101120000_create_users.ts", batch: 1, ranAt: 2026-01-01T12:30:00.000Z }]
 */
export function readStatus(options: DatabaseOptions): Promise<readonly MigrationStatus[]> {
  return withDatabase(options, async (database) => {
    const { history } = await readAdopted(database);
    return [...listApplied(history), ...listPending(history)];
  });
}
