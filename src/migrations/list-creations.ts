import { buildTableKey } from "../support/table-key.js";
import { diffSnapshots } from "./diff.js";
import type { Operation } from "./operation.js";
import type { MigrationDatabase } from "./render/source.js";
import type { Snapshot } from "./snapshot.js";

/**
 * The operations that make tables which nobody has yet. SQLite takes a reference to a table that is still to come, and
 * would have to make a table anew for one that comes later.
 *
 * @param before the schema that they are added to
 * @example
 * listCreations({ before: new Map(), after: new Map([["users", users]]), database: "sqlite" });
 * // [{ kind: "createTable", table: users }]
 */
export function listCreations({
  before,
  after,
  database,
}: {
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly database: MigrationDatabase;
}): readonly Operation[] {
  const operations = diffSnapshots(before, after);
  if (database === "postgres") return operations;
  return operations.flatMap((operation): readonly Operation[] => {
    if (operation.kind === "addForeignKey") return [];
    if (operation.kind !== "createTable") return [operation];
    const foreignKeys = after.get(buildTableKey(operation.table))?.foreignKeys ?? [];
    return [{ ...operation, table: { ...operation.table, foreignKeys } }];
  });
}
