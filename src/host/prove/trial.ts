import type { Knex } from "knex";
import type { MigrationDatabase } from "../../migrations/render/source.js";
import type { Operation } from "../../migrations/operation.js";
import type { Snapshot } from "../../migrations/snapshot.js";
import type { Change } from "./concerned-tables.js";
import type { LoadedMigration } from "./migration-text.js";
import type { TrackedTable } from "./rows/track-columns.js";
import type { Stopwatch } from "./stopwatch.js";

/** What the steps of one proof share. */
export interface Trial {
  readonly knex: Knex;
  readonly database: MigrationDatabase;
  readonly watch: Stopwatch;
  readonly names: readonly string[];
  readonly migrations: readonly LoadedMigration[];
  readonly operations: readonly Operation[];
  /** Both sides, as far as the operations can touch them. */
  readonly change: Change;
  /** What this database gives back of the tables after it that have texts of SQL. */
  readonly built: Snapshot;
  readonly tracked: readonly TrackedTable[];
  /** What was in the database before: the prerequisites have made it. */
  readonly ground: ReadonlySet<string>;
  readonly notices: string[];
}
