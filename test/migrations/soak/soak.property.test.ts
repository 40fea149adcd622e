import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { fc } from "../../fast-check.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { databaseTimeout, openDatabase, openSqlite, type TestDatabase } from "../../databases/engines.js";
import { pairs, postgresPairs } from "../arbitraries.js";
import { changesOf } from "../arbitrary-renames.js";
import { type Outcome, type WithEmpty, tryChange } from "./try-change.js";

const isSoak = process.env["ASHLAR_SOAK"] !== undefined;

/** How many pairs of schemas: few enough for every run of the tests, or as many as are asked for. */
const counts = isSoak
  ? { postgres: 3000, sqlite: 3000, pglite: 300 }
  : { postgres: 200, sqlite: 200, pglite: 20 };

/**
 * `libsql` closes a file once the statements that it was sent are collected as garbage, in a turn of its own: what works
 * without waiting for anything reaches the limit of open files before.
 */
async function closeFiles(): Promise<void> {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  await setImmediate();
}

const kinds = ["postgres", "sqlite", "pglite"] as const;

describe.each(kinds)("migrations between random schemas on %s", (kind) => {
  let database: TestDatabase;
  beforeAll(async () => {
    if (kind !== "sqlite") database = await openDatabase(kind);
  }, databaseTimeout);
  afterAll(async () => {
    if (kind !== "sqlite") await database.close();
  });

  const withEmpty: WithEmpty = async (work) => {
    if (kind !== "sqlite") {
      await database.knex.raw(
        "drop schema public cascade; drop schema if exists barn cascade; create schema public",
      );
      return work(database);
    }
    const file = await openSqlite();
    try {
      return await work(file);
    } finally {
      await file.close();
    }
  };

  const numRuns = Number(process.env["SOAK_RUNS"] ?? counts[kind]);
  const changes = changesOf(kind === "sqlite" ? pairs : postgresPairs);
  const family = kind === "sqlite" ? "sqlite" : "postgres";

  it(
    `take ${numRuns} schemas up, down and up again, and keep what is in the tables`,
    async () => {
      const outcomes: Outcome[] = [];
      const property = fc.asyncProperty(changes, fc.boolean(), async (change, lockSafe) => {
        outcomes.push(await tryChange(change, { withEmpty, database: family, lockSafe }));
        if (kind === "sqlite" && outcomes.length % 100 === 0) await closeFiles();
      });
      await fc.assert(property, { numRuns, endOnFailure: isSoak });
      process.stdout.write(`${kind}: ${tell(outcomes)}\n`);
      // Rows that are in the way of most changes would leave little proved.
      expect(outcomes.filter(({ isStopped }) => !isStopped).length).toBeGreaterThan(numRuns / 2);
    },
    numRuns * 5000 + databaseTimeout,
  );
});

function tell(outcomes: readonly Outcome[]): string {
  const sum = (read: (outcome: Outcome) => number) =>
    outcomes.reduce((total, outcome) => total + read(outcome), 0).toLocaleString("en");
  return [
    `${outcomes.length.toLocaleString("en")} pairs of schemas went up, down and up`,
    `${sum(({ isStopped }) => (isStopped ? 0 : 1))} of them with rows in the tables, ${sum(({ rows }) => rows)} in all`,
    `${sum(({ values }) => values)} values to be kept were kept`,
    `${sum(({ files }) => (files > 1 ? 1 : 0))} in more than one file`,
  ].join("; ");
}
