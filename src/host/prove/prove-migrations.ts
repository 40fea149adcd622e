/**
 * Proves migrations before they are kept. On a scratch database the schema before is built with rows in it; then the
 * files run up, down and up again. After each step the schema is read back and compared with what it should be, and the
 * rows with what they were. Where rows are in the way of a step that says so of itself, all is tried once more without.
 *
 * What should be is the snapshot itself. Only its texts of SQL are taken as the database writes them (`adoptSqlTexts`).
 */
import { resolve } from "node:path";
import type { Knex } from "knex";
import type { Snapshot } from "../../migrations/snapshot.js";
import { withScratchDatabase, type ScratchKind } from "../scratch/scratch-database.js";
import { buildState, readBuilt } from "./build-state.js";
import { findConcerned } from "./concerned-tables.js";
import { loadMigrationText } from "./migration-text.js";
import type { Proof, ProofRequest } from "./proof.js";
import { createRunError } from "./proof-problems.js";
import { insertRows } from "./rows/insert-rows.js";
import { findOther, trackColumns } from "./rows/track-columns.js";
import { createStopwatch, type Stopwatch } from "./stopwatch.js";
import { checkRows, checkSchema, pictureOf, readFinding, type Finding } from "./checks.js";
import { findObstacle, refuseLeftNullable } from "./obstacle.js";
import { runMigrations } from "./run-migration.js";
import { findUnread, spellOut } from "./spelling.js";
import { findMadeByStatements } from "./made-by-statements.js";
import type { Trial } from "./trial.js";

/**
 * Runs the files up, down and up again on a scratch database with rows in it. What the files do must take `before` to
 * `after` and back, lose no row unasked, and change no value but those that the operations change.
 *
 * @throws AshlarError `proof.failed`, with the statement or with each difference; as `withScratchDatabase` does
 * @example
 * await proveMigrations({ root, database: "pglite", before, after, operations, files: [{ name, text }] });
 * // { kind: "pglite", rows: 6, statements: { up: ["create table …"], down: ["drop table …"] }, steps: […], notices: [] }
 */
export async function proveMigrations(request: ProofRequest): Promise<Proof> {
  try {
    return await attempt(request, true);
  } catch (error) {
    const { operations } = request;
    const obstacle = findObstacle(error, operations);
    if (obstacle === undefined) throw createRunError(error, { operations });
    return attempt(request, false, [obstacle]).catch((again: unknown) => {
      throw createRunError(again, { operations });
    });
  }
}

function attempt(request: ProofRequest, withRows: boolean, notices: readonly string[] = []): Promise<Proof> {
  const watch = createStopwatch();
  return withScratchDatabase(request, async (knex, kind) => {
    // A database in this process starts with the first question.
    const ground = await readFinding(knex);
    watch.addRest("start");
    const trial = await prepare({ knex, kind, watch, ground }, request);
    trial.notices.push(...notices);
    return prove(trial, { kind, root: request.root, withRows });
  });
}

interface Course {
  readonly kind: ScratchKind;
  readonly root: string;
  readonly withRows: boolean;
}

async function prove(trial: Trial, { kind, root, withRows }: Course): Promise<Proof> {
  const { watch, knex } = trial;
  const before = await watch.measure("before", () => buildBefore(trial, root));
  const expected = spellOut(trial.change, trial.operations, { found: before.snapshot, built: trial.built });
  const rows = withRows ? await watch.measure("rows", () => addRows(trial, "before")) : 0;
  const up = await goUp(trial, { snapshot: expected });
  if (withRows) await addRows(trial, "after");
  const first = await readFinding(knex);
  const down = await goDown(trial, before);
  await goUp(trial, { snapshot: expected, first });
  watch.addRest("checks");
  return { kind, rows, statements: { up, down }, steps: watch.steps, notices: trial.notices };
}

interface Started {
  readonly knex: Knex;
  readonly kind: ScratchKind;
  readonly watch: Stopwatch;
  /** What the database has before anything is built in it. */
  readonly ground: Finding;
}

async function prepare({ knex, kind, watch, ground }: Started, request: ProofRequest): Promise<Trial> {
  const database = kind === "sqlite" ? "sqlite" : "postgres";
  const { root, files, operations, folder = "migrations" } = request;
  const load = () => Promise.all(files.map((file) => loadMigrationText(file, resolve(root, folder))));
  const migrations = await watch.measure("load", load);
  const change = findConcerned(request, operations);
  const unread = findUnread(change, operations);
  const read = () => readBuilt(knex, { snapshot: unread, database, root });
  const built = unread.size === 0 ? unread : await watch.measure("after", read);
  const tracked = trackColumns(change.before, operations);
  const names = files.map(({ name }) => name);
  return {
    knex,
    database,
    watch,
    names,
    migrations,
    operations,
    change,
    built,
    tracked,
    ground: new Set(ground.snapshot.keys()),
    notices: [],
  };
}

/** Builds the schema before, and gives it as it is read back: that is what the way back has to lead to. */
async function buildBefore({ knex, database, change }: Trial, root: string): Promise<Finding> {
  await buildState(knex, { snapshot: change.before, database, root });
  return readFinding(knex);
}

/** Rows of the second side come after those of the first, and may be refused: a new rule may allow fewer. */
async function addRows(trial: Trial, side: "before" | "after"): Promise<number> {
  const { knex, database, change, notices } = trial;
  const request = {
    snapshot: change[side],
    findOther: (key: string) => findOther(trial, side, key),
    database,
    ...(side === "before" ? { first: 1, count: 3 } : { first: 4, count: 1 }),
  };
  const inserted = await insertRows(knex, request);
  if (side === "before") notices.push(...inserted.notices);
  return inserted.count;
}

interface Goal {
  readonly snapshot: Snapshot;
  /** What the first way up led to, where this is the second. */
  readonly first?: Finding;
}

async function goUp(trial: Trial, { snapshot, first }: Goal): Promise<readonly string[]> {
  const { knex, watch, names } = trial;
  const moment = { direction: "up", again: first !== undefined, names } as const;
  const picture = await pictureOf(trial, "before");
  const what = moment.again ? "up again" : "up";
  const statements = await watch.measure(what, () => runMigrations(knex, trial.migrations, "up"));
  const found = await readFinding(knex);
  const { others, snapshot: all } = first ?? found;
  const expected = { others, snapshot: new Map([...findMadeByStatements(trial.change, all), ...snapshot]) };
  checkSchema(trial, { expected, found, moment });
  await checkRows(trial, { picture, side: "after", moment });
  return statements;
}

async function goDown(trial: Trial, before: Finding): Promise<readonly string[]> {
  const { knex, watch, names } = trial;
  const moment = { direction: "down", again: false, names } as const;
  const picture = await pictureOf(trial, "after");
  const statements = await watch.measure("down", () => runMigrations(knex, trial.migrations, "down"));
  const found = await readFinding(knex);
  refuseLeftNullable(trial, before, found);
  checkSchema(trial, { expected: before, found, moment });
  await checkRows(trial, { picture, side: "before", moment });
  return statements;
}
