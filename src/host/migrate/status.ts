import { withDatabase, type DatabaseOptions } from "./database.js";
import { readRecords } from "./records.js";

/** A migration and whether this database has it; `missing` has run, but its file is not there. */
export type MigrationStatus =
  | {
      readonly state: "applied" | "missing";
      readonly name: string;
      readonly batch: number;
      readonly ranAt: Date;
    }
  | { readonly state: "pending"; readonly name: string };

/**
 * What has run, in the order it ran, then what has not. Changes nothing.
 *
 * @throws AshlarError as `withDatabase` does
 * @example
 * await readStatus({ root: "/home/ada/shop", knexfile: "knexfile.ts" });
 * // [{ state: "applied", name: "20260101120000_create_users.ts", batch: 1, ranAt: 2026-01-01T12:30:00.000Z }]
 */
export function readStatus(options: DatabaseOptions): Promise<MigrationStatus[]> {
  return withDatabase(options, async (database) => {
    const files = database.migrations.files.map(({ name }) => name);
    const records = await readRecords(database);
    const ran = new Set(records.map(({ name }) => name));
    return [
      ...records.map(
        (record) => ({ state: files.includes(record.name) ? "applied" : "missing", ...record }) as const,
      ),
      ...files.filter((name) => !ran.has(name)).map((name) => ({ state: "pending", name }) as const),
    ];
  });
}
