import type { Knex } from "knex";
import { compareSchemas } from "../../migrations/compare.js";
import type { MigrationDatabase } from "../../migrations/render/source.js";
import type { Snapshot } from "../../migrations/snapshot.js";
import { withScratchDatabase, type ScratchKind, type ScratchOptions } from "../scratch/scratch-database.js";
import { readExpected } from "./build-state.js";
import { readFinding, type Finding } from "./checks.js";
import type { LoadedMigration } from "./migration-text.js";
import { findBaselineEnd, loadMigrations, type StoredMigration } from "./stored-migrations.js";
import type { Proof } from "./proof.js";
import { createDifferenceError, createRunError, listMessages } from "./proof-problems.js";
import { MigrationRunError, runMigrations, type Direction } from "./run-migration.js";
import { createStopwatch, type Stopwatch } from "./stopwatch.js";

export interface ProofOfAllRequest extends ScratchOptions {
  /** What the migrations lead to. */
  readonly snapshot: Snapshot;
  /** In the order in which they run; paths are absolute. */
  readonly files: readonly StoredMigration[];
}

interface Session {
  readonly knex: Knex;
  readonly kind: ScratchKind;
  readonly database: MigrationDatabase;
  readonly watch: Stopwatch;
  /** Up to the last baseline, which is not taken back. */
  readonly kept: readonly LoadedMigration[];
  /** Those after it. */
  readonly migrations: readonly LoadedMigration[];
  /** As this database writes it. */
  readonly expected: Snapshot;
}

/**
 * Runs every migration of a project in order from an empty database, compares what they make with the snapshot, and does
 * so again after taking all of them back. Tables that the snapshot does not know are told as a notice.
 *
 * @throws AshlarError `proof.failed`, with the statement or with each difference; as `withScratchDatabase` does
 * @example
 * await proveAll({ root, database: "sqlite", snapshot, files: [{ name: "20261101_users.ts", path: "/…" }] });
 */
export async function proveAll(request: ProofOfAllRequest): Promise<Proof> {
  const watch = createStopwatch();
  try {
    const migrations = await loadMigrations(request.files, request.root);
    const arePrerequisitesMade = findBaselineEnd(migrations) > 0;
    return await withScratchDatabase({ ...request, arePrerequisitesMade }, async (knex, kind) =>
      prove(await prepare({ knex, kind, watch, migrations }, request)),
    );
  } catch (error) {
    throw createRunError(error, { ofAll: true });
  }
}

async function prepare(
  begun: Pick<Session, "knex" | "kind" | "watch" | "migrations">,
  { root, snapshot, prerequisites = "" }: ProofOfAllRequest,
): Promise<Session> {
  const { knex, kind, watch, migrations } = begun;
  const database = kind === "sqlite" ? "sqlite" : "postgres";
  const end = findBaselineEnd(migrations);
  const request = { snapshot, database, root, ...(end > 0 && { prerequisites }) } as const;
  const expected = await watch.measure("after", () => readExpected(knex, request));
  return {
    ...{ ...begun, database, expected },
    ...{ kept: migrations.slice(0, end), migrations: migrations.slice(end) },
  };
}

async function prove(session: Session): Promise<Proof> {
  const { knex, watch, kept } = session;
  const made =
    kept.length === 0 ? [] : await watch.measure("baseline", () => runMigrations(knex, kept, "up"));
  const ground = await readFinding(knex);
  const up = await go(session, "up");
  const unknown = await compareWithSnapshot(session, false);
  const { down, notice } = await goBack(session, ground);
  if (notice === undefined) {
    await go(session, "up");
    await compareWithSnapshot(session, true);
  }
  const notices = [notice, unknown].filter((text) => text !== undefined);
  return {
    kind: session.kind,
    rows: 0,
    statements: { up: [...made, ...up], down },
    steps: session.watch.steps,
    notices,
  };
}

function go({ knex, watch, migrations }: Session, direction: Direction): Promise<readonly string[]> {
  return watch.measure(direction, () => runMigrations(knex, migrations, direction));
}

/** Gives a notice of tables that the snapshot does not know. */
async function compareWithSnapshot(session: Session, again: boolean): Promise<string | undefined> {
  const { knex, database, expected } = session;
  const { snapshot: found } = await readFinding(knex);
  const known = new Map([...found].filter(([key]) => expected.has(key)));
  const differences = listMessages(compareSchemas(expected, known, database));
  const error = createDifferenceError(differences, { direction: "up", again, names: [] });
  if (error !== undefined) throw error;
  const unknown = [...found.keys()].filter((key) => !expected.has(key));
  return unknown.length === 0
    ? undefined
    : `The migrations make tables that no snapshot knows: ${unknown.map((key) => `"${key}"`).join(", ")}.`;
}

/** A migration that says it cannot be taken back ends the way back, and that is told. */
async function goBack(
  session: Session,
  ground: Finding,
): Promise<{ readonly down: readonly string[]; readonly notice?: string }> {
  try {
    const down = await go(session, "down");
    checkGround(session, ground, await readFinding(session.knex));
    return { down };
  } catch (error) {
    if (!(error instanceof MigrationRunError) || error.statement !== undefined) throw error;
    const notice = `"${error.migration}" does not go back: ${error.message.replace(/\.$/, "")}.`;
    return { down: [], notice };
  }
}

function checkGround({ database }: Session, ground: Finding, found: Finding): void {
  const differences = listMessages(compareSchemas(ground.snapshot, found.snapshot, database));
  const error = createDifferenceError(differences, { direction: "down", again: false, names: [] });
  if (error !== undefined) throw error;
}
