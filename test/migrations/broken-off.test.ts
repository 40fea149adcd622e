import { fc } from "../fast-check.js";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { diffSnapshots } from "../../src/migrations/diff.js";
import type { Operation } from "../../src/migrations/operation.js";
import { planMigration } from "../../src/migrations/plan-migration.js";
import type { Snapshot } from "../../src/migrations/snapshot.js";
import { databaseTimeout, openPostgres, type TestDatabase } from "../databases/engines.js";
import { postgresPairs } from "./arbitraries.js";
import { changesOf } from "./arbitrary-renames.js";
import { type BreakOff, breakOff, cancelWhileWaiting } from "./break-off.js";
import { dumpSchema } from "./dump-schema.js";
import { emptyDatabase } from "./empty-database.js";
import { diffOf, insertRows, readRows } from "./feature-runs.js";
import { features } from "./migrate-features-cases.js";
import { type Direction, isOutside, runFile } from "./run-file.js";
import { type LoadedMigration, prepareMigration } from "./run-migration.js";
import { answerEverything } from "./soak/answer-everything.js";

const opposite = { up: "down", down: "up" } as const;

describe("a file outside a transaction", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openPostgres();
  }, databaseTimeout);
  beforeEach(() => emptyDatabase(database));
  afterAll(() => database.close());

  const run = (file: LoadedMigration, direction: Direction) => runFile(database.knex, file, direction);

  async function build(snapshot: Snapshot): Promise<void> {
    await (await prepareMigration(database, diffSnapshots(new Map(), snapshot))).up();
  }

  async function prepare(operations: readonly Operation[], before: Snapshot) {
    return (await prepareMigration(database, operations, before, { lockSafe: true })).loaded;
  }

  /** Breaks the file off before each of its statements, each time from the same start, and runs it again. */
  async function breakEverywhere(
    file: LoadedMigration,
    direction: Direction,
    afterwards: (stop: BreakOff) => Promise<unknown> = async () => {},
  ): Promise<number> {
    await run(file, direction);
    const wanted = await dumpSchema(database);
    for (let position = 0; ; position += 1) {
      await run(file, opposite[direction]);
      const stop = await breakOff(database.knex, position, () => run(file, direction));
      if (stop === undefined) return position;
      await afterwards(stop);
      await run(file, direction);
      expect(await dumpSchema(database), `broken off before ${stop.next}`).toEqual(wanted);
    }
  }

  /** Breaks the files off on the way up and on the way down; gives how often. */
  async function breakAll(
    files: readonly LoadedMigration[],
    afterwards?: Parameters<typeof breakEverywhere>[2],
  ) {
    let count = 0;
    for (const file of files) {
      if (isOutside(file)) {
        count += await breakEverywhere(file, "up", afterwards);
        count += await breakEverywhere(file, "down", afterwards);
        await run(file, "down");
      }
      await run(file, "up");
    }
    for (const file of files.toReversed()) await run(file, "down");
    return count;
  }

  const cases = Object.entries(features).filter(([, { database: only = "postgres" }]) => only === "postgres");

  it.each(cases)("goes on from wherever it was broken off: %s", async (_, feature) => {
    await build(feature.before);
    await insertRows(database, feature);
    const rows = await readRows(database, feature);
    await breakAll(await prepare(diffOf(feature), feature.before));
    expect(await readRows(database, feature)).toEqual(rows);
  });

  const withIndexes = cases.filter(([name]) =>
    /^(?:indexes|another|a foreign key|checks.* dropped$)/.test(name),
  );

  it.each(withIndexes)("makes invalid indexes anew, or drops them: %s", async (_, feature) => {
    await build(feature.before);
    await insertRows(database, feature);
    const files = await prepare(diffOf(feature), feature.before);
    await breakAll(files, async ({ next }) => {
      if (!/^(create|drop) .*index concurrently/.test(next)) return;
      expect(await cancelWhileWaiting(database, next)).toBe(await willBeInvalid(next));
    });
    expect(await database.knex("pg_index").where({ indisvalid: false })).toEqual([]);
  });

  /** Only an index that is there can be half dropped. */
  async function willBeInvalid(statement: string): Promise<number> {
    const dropped = /^drop index concurrently if exists (.+)$/.exec(statement)?.[1];
    if (dropped === undefined) return 1;
    const found = await database.knex.first(database.knex.raw("to_regclass(?) as found", [dropped]));
    return found.found === null ? 0 : 1;
  }

  const replacing = cases.filter(([name]) =>
    /^(?:another primary key|indexes (?:of the same|that))/.test(name),
  );

  it.each(replacing)("is never without an index that keeps rows apart: %s", async (_, feature) => {
    const before = await countKeys(feature.before);
    const after = await countKeys(feature.after);
    const least = Math.min(before, after);
    await emptyDatabase(database);
    await build(feature.before);
    await breakAll(await prepare(diffOf(feature), feature.before), async () => {
      expect(await countUnique()).toBeGreaterThanOrEqual(least);
    });
  });

  async function countKeys(snapshot: Snapshot): Promise<number> {
    await emptyDatabase(database);
    await build(snapshot);
    return countUnique();
  }

  async function countUnique(): Promise<number> {
    const isOwn = "indrelid = 'tasks'::regclass and indisunique and indisvalid";
    return (await database.knex("pg_index").whereRaw(isOwn)).length;
  }

  it("goes on whatever the schemas", async () => {
    let count = 0;
    await fc.assert(
      fc.asyncProperty(changesOf(postgresPairs), async (change) => {
        await emptyDatabase(database);
        const { before, after } = change;
        const answers = answerEverything(change, "postgres");
        const { operations } = planMigration({ before, after, answers, database: "postgres" });
        await build(before);
        const start = await dumpSchema(database);
        count += await breakAll(await prepare(operations, before));
        expect(await dumpSchema(database)).toEqual(start);
      }),
      { numRuns: 6 },
    );
    expect(count).toBeGreaterThan(30);
  });
});
