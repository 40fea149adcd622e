import { fc } from "../fast-check.js";
import { describe, expect, it } from "vitest";
import { invertAll } from "../../src/migrations/invert.js";
import {
  type MigrationAnswers,
  type PlannedMigration,
  noAnswers,
  planMigration,
} from "../../src/migrations/plan-migration.js";
import type { Snapshot } from "../../src/migrations/snapshot.js";
import { postgresPairs } from "./arbitraries.js";
import { type Change, changesOf } from "./arbitrary-renames.js";
import { runOnModel } from "./model-database.js";
import { normalizeSnapshot } from "./normalize-snapshot.js";

const numRuns = 100;

/** Changes with whatever part of what they would withhold allowed. */
const planned = changesOf(postgresPairs).chain((change) =>
  fc.subarray(plan(change, noAnswers).withheld.map(({ what }) => what)).map((allowed) => ({
    change,
    answers: { ...noAnswers, allowed },
  })),
);

function plan({ before, after, renames }: Change, answers: MigrationAnswers): PlannedMigration {
  return planMigration({ before, after, answers: { ...answers, renames }, database: "postgres" });
}

/** Every question that a migration to the schema can raise, answered. */
function answerAll(schema: Snapshot): MigrationAnswers {
  const columns = [...schema].flatMap(([key, table]) => table.columns.map(({ name }) => `${key}.${name}`));
  const sql = new Map(columns.map((column) => [column, "null"]));
  return { ...noAnswers, allowed: ["all"], fills: sql, casts: sql };
}

describe("a planned migration, whatever the schemas and the answers", () => {
  it("does what it does without, as far as no database refuses it, and says what comes of it", () => {
    fc.assert(
      fc.property(planned, ({ change, answers }) => {
        const { operations, after } = plan(change, answers);
        const result = runOnModel(change.before, operations);
        expect(normalizeSnapshot(result)).toEqual(normalizeSnapshot(after));
        const back = runOnModel(result, invertAll(operations), operations);
        expect(normalizeSnapshot(back)).toEqual(normalizeSnapshot(change.before));
      }),
      { numRuns },
    );
  });

  it("leaves for later what comes to the same in the end", () => {
    fc.assert(
      fc.property(planned, ({ change, answers }) => {
        const half = plan(change, answers);
        const rest = plan({ ...change, before: half.after }, answerAll(change.after));
        expect(rest.withheld).toEqual([]);
        expect(normalizeSnapshot(runOnModel(half.after, rest.operations))).toEqual(
          normalizeSnapshot(change.after),
        );
      }),
      { numRuns },
    );
  });

  it("withholds nothing where every question is answered", () => {
    fc.assert(
      fc.property(changesOf(postgresPairs), (change) => {
        expect(plan(change, answerAll(change.after)).withheld).toEqual([]);
      }),
      { numRuns },
    );
  });

  it("does nothing the second time where nothing is allowed", () => {
    fc.assert(
      fc.property(changesOf(postgresPairs), (change) => {
        const { after, withheld } = plan(change, noAnswers);
        const again = plan({ ...change, before: after }, noAnswers);
        expect(again.operations).toEqual([]);
        expect(again.withheld.length === 0).toBe(withheld.length === 0);
      }),
      { numRuns },
    );
  });
});
