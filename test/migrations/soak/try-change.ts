import type { Knex } from "knex";
import ts from "typescript";
import { expect } from "vitest";
import { readSchema } from "../../../src/host/live-schema/read-schema.js";
import type { MigrationModule } from "../../../src/host/migrate/migration-files.js";
import { insertRows } from "../../../src/host/prove/rows/insert-rows.js";
import { MigrationRunError, runMigrations } from "../../../src/host/prove/run-migration.js";
import { adoptSqlTexts } from "../../../src/migrations/adopt-sql-texts.js";
import { compareSchemas } from "../../../src/migrations/compare.js";
import { diffSnapshots } from "../../../src/migrations/diff.js";
import { planMigration } from "../../../src/migrations/plan-migration.js";
import { renderMigrations } from "../../../src/migrations/render.js";
import type { Snapshot } from "../../../src/migrations/snapshot.js";
import type { TestDatabase } from "../../databases/engines.js";
import type { Change } from "../arbitrary-renames.js";
import { dumpSchema } from "../dump-schema.js";
import { normalizeSnapshot } from "../normalize-snapshot.js";
import { renderTemplate } from "../render-template.js";
import { answerEverything } from "./answer-everything.js";
import {
  type KeptTable,
  type Side,
  findKeptTables,
  listFilled,
  sortPicture,
  takePicture,
} from "./kept-values.js";

/** Gives a database without tables, and takes it back. */
export type WithEmpty = <Result>(work: (database: TestDatabase) => Promise<Result>) => Promise<Result>;

export interface Course {
  readonly withEmpty: WithEmpty;
  readonly database: "postgres" | "sqlite";
  readonly lockSafe: boolean;
}

/** What went up, down and up again. */
export interface Outcome {
  /** Did rows rightly stop it, so that it was done without any? */
  readonly isStopped: boolean;
  readonly files: number;
  readonly rows: number;
  readonly values: number;
}

/**
 * Plans a change with everything allowed, and runs what is rendered up, down and up again with rows in the tables. After
 * each step the database holds what one has that was built so from nothing, and every value that has to survive.
 */
export async function tryChange(change: Change, course: Course): Promise<Outcome> {
  const { withEmpty, database } = course;
  const files = await renderChange(change, course);
  const goal = await withEmpty((empty) => build(empty, change.after, database));
  const run = (withRows: boolean) =>
    withEmpty(async (empty) =>
      goUpDownAndUp({ ...course, change, files, goal, knex: empty.knex, empty, withRows }),
    );
  try {
    return { ...(await run(true)), isStopped: false };
  } catch (error) {
    if (!isStopByRows(error)) throw error;
    return { ...(await run(false)), isStopped: true };
  }
}

type Files = readonly { readonly name: string; readonly module: MigrationModule }[];

async function renderChange(change: Change, { database, lockSafe }: Course): Promise<Files> {
  const { before, after } = change;
  const answers = answerEverything(change, database);
  const planned = planMigration({ before, after, answers, database });
  expect(planned.withheld).toEqual([]);
  expect(normalizeSnapshot(planned.after)).toEqual(normalizeSnapshot(after));
  const { operations, withheld } = planned;
  const rendered = renderMigrations({ operations, withheld, before, database, lockSafe, renderTemplate });
  return Promise.all(
    rendered.map(async ({ text, suffix }) => ({ name: `change${suffix}`, module: await load(text) })),
  );
}

async function load(text: string): Promise<MigrationModule> {
  const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
  const code = ts.transpileModule(text, { compilerOptions: options }).outputText;
  const module: MigrationModule = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  return module;
}

/** A schema as two readers tell it that know nothing of each other. */
interface Built {
  readonly dump: readonly string[];
  readonly snapshot: Snapshot;
}

async function read(database: TestDatabase): Promise<Built> {
  return { dump: await dumpSchema(database), snapshot: (await readSchema(database.knex)).snapshot };
}

async function build(empty: TestDatabase, snapshot: Snapshot, database: Course["database"]): Promise<Built> {
  const operations = diffSnapshots(new Map(), snapshot);
  const given = { operations, withheld: [], before: new Map(), database, lockSafe: false, renderTemplate };
  const [file] = renderMigrations(given);
  await runMigrations(empty.knex, [{ name: "build", module: await load(file?.text ?? "") }], "up");
  const built = await read(empty);
  const expected = adoptSqlTexts(snapshot, built.snapshot);
  expect(compareSchemas(expected, built.snapshot, database)).toEqual([]);
  return built;
}

interface Trial extends Course {
  readonly change: Change;
  readonly files: Files;
  readonly goal: Built;
  readonly empty: TestDatabase;
  readonly knex: Knex;
  readonly withRows: boolean;
}

async function goUpDownAndUp(trial: Trial): Promise<Omit<Outcome, "isStopped">> {
  const { empty, change, database, files, goal } = trial;
  const start = await build(empty, change.before, database);
  const tables = findKeptTables(change);
  const rows = await addRows(trial, "before", tables);
  const values = await go(trial, { direction: "up", tables, wanted: goal });
  const more = await addRows(trial, "after", tables);
  await go(trial, { direction: "down", tables, wanted: start });
  await go(trial, { direction: "up", tables, wanted: goal });
  return { files: files.length, rows: rows + more, values };
}

interface Way {
  readonly direction: "up" | "down";
  readonly tables: readonly KeptTable[];
  readonly wanted: Built;
}

/** Gives how many values were there before and are after. */
async function go(
  { knex, files, empty, database }: Trial,
  { direction, tables, wanted }: Way,
): Promise<number> {
  const [from, to]: readonly Side[] = direction === "up" ? ["before", "after"] : ["after", "before"];
  const picture = await takePicture(knex, tables, from ?? "before");
  await runMigrations(knex, files, direction);
  const found = await read(empty);
  refuseLeftNullable(found.dump, wanted.dump);
  expect(found.dump).toEqual(wanted.dump);
  expect(compareSchemas(wanted.snapshot, found.snapshot, database)).toEqual([]);
  const now = await takePicture(knex, tables, to ?? "after");
  expect(sortPicture(now, tables)).toEqual(sortPicture(picture, tables));
  const filled = listFilled(now, tables);
  for (const [place, values] of listFilled(picture, tables).entries()) {
    expect(filled[place]).toEqual(expect.arrayContaining([...values]));
  }
  return picture.flat(2).filter((value) => value !== null).length;
}

async function addRows(
  { withRows, knex, change, database }: Trial,
  side: Side,
  tables: readonly KeptTable[],
): Promise<number> {
  if (!withRows) return 0;
  const other = side === "before" ? "after" : "before";
  const snapshot = change[side];
  const findOther = (key: string) =>
    change[other].get(tables.find((table) => table[side] === key)?.[other] ?? key);
  const numbers = side === "before" ? { first: 1, count: 3 } : { first: 4, count: 1 };
  return (await insertRows(knex, { snapshot, findOther, database, ...numbers })).count;
}

/** Rows that are in the way of what was allowed, or of a way back that loses nothing. */
class LeftNullable extends Error {}

function refuseLeftNullable(found: readonly string[], wanted: readonly string[]): void {
  const loosen = (lines: readonly string[]) =>
    lines.map((line) => line.replace(" not null", "").replace(/notnull:\d/, "")).sort();
  const isAlike = JSON.stringify(loosen(found)) === JSON.stringify(loosen(wanted));
  if (isAlike && JSON.stringify(found) !== JSON.stringify(wanted)) throw new LeftNullable();
}

/** PostgreSQL: classes 22 and 23, what a row holds. A migration that stops by itself throws a plain error. */
function isStopByRows(error: unknown): boolean {
  if (error instanceof LeftNullable) return true;
  if (!(error instanceof MigrationRunError)) return false;
  const { cause, statement } = error;
  if (statement === undefined) return cause instanceof Error && cause.constructor === Error;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  return /^(?:2[23]|SQLITE_(?:CONSTRAINT|MISMATCH))/.test(code);
}
