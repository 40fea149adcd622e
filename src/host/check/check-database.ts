import type { Findings } from "../../generator/check/findings.js";
import { collectProblems, joinFindings, noFindings } from "../../generator/check/findings.js";
import type { MigrationHistory } from "../../generator/history-store.js";
import { rewindMigrations, type ResolvedStates } from "../../generator/table-states.js";
import { findFileNames } from "../../generator/undo/find-generated.js";
import type { Notice } from "../../generator/plan.js";
import { isNamedIn } from "../../migrations/sql-words.js";
import type { LiveSchema } from "../live-schema/live-schema.js";
import type { Snapshot } from "../../migrations/snapshot.js";
import { failure, type Problem } from "../../support/problem.js";
import { isUnmade } from "../develop/develop-database.js";
import { readSchema } from "../live-schema/read-schema.js";
import { listBaselineTables } from "../migrate/baseline.js";
import { withDatabase, type Database } from "../migrate/database.js";
import { listApplied, listPending, type PendingMigration } from "../migrate/history.js";
import { readAdopted } from "../migrate/adopt-squashes.js";
import { refuseOtherHistory } from "../migrate/history-problems.js";
import type { Project } from "../open-project.js";
import type { ReadMigrations } from "./check-project.js";
import { compareTables } from "./compare-tables.js";
import type { ProjectDescription } from "../load/describe-project.js";

/**
 * The live database against what its migrations make: first those that have not run, or not as they are now; then each
 * difference between its schema and the one that the migrations which have run leave.
 *
 * @returns problems `check.database.pending`, `check.database.difference` and those of `refuseOtherHistory`; notices
 * `check.database.unknown` and `check.database.untold` for tables that no migration with a history made
 * @param loaded what the resources say, where they can be loaded: without them nobody knows which tables have none
 * @throws AshlarError `check.database.missing`; as `withDatabase` and `withScratchDatabase` do
 */
export async function checkDatabase(
  project: Project,
  read: ReadMigrations,
  loaded: ProjectDescription | undefined,
): Promise<Findings> {
  const location = { root: project.root, knexfile: project.settings.knexfile };
  if (await isUnmade(location)) throw createUnmadeError();
  return withDatabase(location, async (database) => {
    const { history, problems: squashes } = await readAdopted(database);
    const pending = listPending(history);
    const order = await collectProblems(() => refuseOtherHistory(listApplied(history), pending, history));
    const schema = await readSchema(database.knex, { tablesOnly: true });
    const { snapshot: live } = schema;
    const unmade = await dropBaselines(pending, live, database);
    const { snapshot: expected, unknown } = rewindPending(read, unmade);
    const isMissing = order.problems.some(({ code }) => code === "migration.file.missing");
    return joinFindings(
      { problems: [...describePending(pending), ...squashes, ...order.problems] },
      // Of a database that is to run more first, nobody knows what it should hold by now.
      squashes.length > 0
        ? noFindings
        : await compareTables(expected, live, { project, read, loaded, unknown, isMissing }),
      { problems: [], notices: tellUnsaid(expected, schema) },
    );
  });
}

function createUnmadeError(): Error {
  return failure({
    code: "check.database.missing",
    message: "There is no database yet.",
    hint: "Make it: npx ashlar setup",
  });
}

/** Those that are late have a problem of their own, with what to do. */
function describePending(pending: readonly PendingMigration[]): readonly Problem[] {
  const names = pending.filter(({ state }) => state !== "late").map(({ name }) => `"${name}"`);
  if (names.length === 0) return [];
  return [
    {
      code: "check.database.pending",
      message: `${names.length === 1 ? "A migration has" : `${names.length} migrations have`} not run on this database: ${names.join(", ")}.`,
      hint: "npx ashlar migrate. The schema is compared with what the others make.",
    },
  ];
}

/** Without the baselines whose tables are there: they are recorded and not run. */
async function dropBaselines(
  pending: readonly PendingMigration[],
  live: Snapshot,
  { migrations }: Database,
): Promise<readonly PendingMigration[]> {
  const left: PendingMigration[] = [];
  for (const each of pending) {
    const tables = listBaselineTables(await migrations.read(each.name).catch(() => ({})));
    if (tables.length === 0 || !tables.every((key) => live.has(key))) left.push(each);
  }
  return left;
}

/** The schema as the migrations leave it that have run. */
function rewindPending(
  { snapshot, histories, fileNames }: ReadMigrations,
  pending: readonly PendingMigration[],
): ResolvedStates {
  const names = new Set(pending.map(({ name }) => name));
  const isPending = (history: MigrationHistory): boolean =>
    findFileNames(history, fileNames).some((name) => names.has(name));
  return rewindMigrations(snapshot, histories, histories.filter(isPending));
}

/** What hangs on the tables of migrations and no statement of a resource makes, and what is kept of none. */
function tellUnsaid(expected: Snapshot, { parts, notices }: LiveSchema): readonly Notice[] {
  const statements = [...expected.values()].flatMap((table) => table.statements ?? []);
  const unsaid = parts.filter(
    ({ table, name, down }) =>
      expected.has(table) && (down === undefined || !statements.some(({ up }) => isNamedIn(up, name))),
  );
  return [...unsaid.map(({ why }) => why), ...notices].map((message) => ({
    code: "check.database.unsaid",
    severity: "notice",
    message,
  }));
}
