import { noAnswers, planMigration, type PlannedMigration } from "../../migrations/plan-migration.js";
import { usageError } from "../../support/problem.js";
import { buildTableKey } from "../../support/table-key.js";
import type { Snapshot, TableSnapshot } from "../../migrations/snapshot.js";
import type { GeneratorContext } from "../context.js";
import { describeMadeByHand, findMadeByHand } from "../migrations/made-by-hand.js";
import { tellMigration, withheldCode } from "../migrations/notices.js";
import { findMigrationDatabase, stageMigrationFiles } from "../migrations/stage-files.js";
import type { Notice } from "../plan.js";
import { findSnapshotPath, readSnapshot } from "../snapshot-store.js";
import type { Staging } from "../staging.js";
import type { TableChange } from "./describe-change.js";

interface MigrationRequest {
  readonly change: TableChange;
  /** The name that was asked for. */
  readonly name?: string;
  readonly isJoin: boolean;
}

/**
 * Stages the migration that makes a change to one table, by the engine that makes those of a whole project; where
 * nothing changes, only the snapshot as it is.
 */
export function stageMigration(
  staging: Staging,
  { change, name, isJoin }: MigrationRequest,
  context: GeneratorContext,
): readonly Notice[] {
  const { after, isTracked } = change;
  const before = findSchemaBefore(change, context);
  const database = findMigrationDatabase(context);
  const lockSafe = true;
  const wanted = new Map([...before, [buildTableKey(after), after]]);
  const planned = planMigration({ before, after: wanted, answers: noAnswers, database });
  refuseMadeByHand(planned, context);
  stageMigrationFiles(
    staging,
    { planned, before, isTracked, isJoin, lockSafe, ...(name !== undefined && { name }) },
    context,
  );
  if (isTracked) keepSnapshot(staging, after, context);
  const untracked = !isTracked && planned.operations.length > 0 ? [tellUntracked(after.name)] : [];
  return [...untracked, ...tellMigration(planned, { database, lockSafe }).map(nameCommand)];
}

/** The migration would fail wherever the one by hand has run; the resource is welcome without it. */
function refuseMadeByHand({ operations }: PlannedMigration, context: GeneratorContext): void {
  const made = findMadeByHand(operations, [], context);
  if (made.length === 0) return;
  const keys = made.map(({ table }) => table).join(",");
  const hint = `Leave it out here: --no-migration. Then take what the database has: npx ashlar gen resources --from-database. Or, where that table is gone since: npx ashlar gen migrations --new-table ${keys}`;
  throw usageError(...describeMadeByHand(made).map((problem) => ({ ...problem, hint })));
}

/** The flags that a withheld step asks for are those of another command, which is to be typed with them. */
function nameCommand(notice: Notice): Notice {
  if (notice.code !== withheldCode || notice.hint === undefined) return notice;
  return { ...notice, hint: notice.hint.replaceAll(": --", ": npx ashlar gen migrations --") };
}

/** The table, and those that it refers to, as far as snapshots tell: all that the steps can be about. */
function findSchemaBefore({ before, after }: TableChange, context: GeneratorContext): Snapshot {
  const own = buildTableKey(after);
  const keys = new Set(after.foreignKeys.map(({ references }) => references.table));
  const others = [...keys].filter((key) => key !== own).flatMap((key) => readSnapshot(context, key) ?? []);
  return new Map([...others, ...(before ? [before] : [])].map((table) => [buildTableKey(table), table]));
}

/** A snapshot that says what it should is shown as identical, in whatever layout a formatter left it. */
function keepSnapshot(staging: Staging, after: TableSnapshot, { files, settings }: GeneratorContext): void {
  const path = findSnapshotPath(settings.migrations, buildTableKey(after));
  const text = staging.read(path);
  if (text !== undefined && text === files.read(path)) staging.write(path, text);
}

/** A snapshot made from what can be read of a resource would be wrong where that is not all. */
function tellUntracked(table: string): Notice {
  return {
    code: "snapshot.missing",
    severity: "notice",
    message: `No snapshot tells what the table "${table}" is: the migration holds what is added to it, and no snapshot is written.`,
  };
}
