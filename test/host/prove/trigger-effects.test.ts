import { describe, expect, test } from "vitest";
import { findTriggerEffects } from "../../../src/host/prove/trigger-effects.js";
import type { RowDifference } from "../../../src/host/prove/rows/kept-rows.js";
import type { StatementSnapshot } from "../../../src/migrations/snapshot.js";
import { snapshotOf, tableOf } from "../../migrations/tables.js";

const trigger = {
  name: "touch",
  up: "create trigger touch after update on users execute function note()",
  down: "drop trigger touch on users",
};
const policy = { name: "own", up: "create policy own on users", down: "drop policy own on users" };

function isExcused(
  statement: StatementSnapshot,
  kind: RowDifference["kind"],
  [before, after] = ["users", "users"],
) {
  const without = snapshotOf(tableOf(before));
  const withStatement = snapshotOf(tableOf(before, [], { statements: [statement] }));
  const changes = [
    { before: withStatement, after: without },
    { before: without, after: withStatement },
  ];
  const difference = { kind, message: "", table: { before, after, columns: [] } };
  return changes.map((change) => findTriggerEffects(change)(difference));
}

describe("what a trigger may have done to rows", () => {
  test.each<[string, RowDifference["kind"], readonly [string, string], boolean]>([
    ["other values in a table that it names", "changed", ["users", "users"], true],
    ["other values in a table that had the name", "changed", ["users", "people"], true],
    ["more rows anywhere", "more", ["notes", "notes"], true],
    ["other values in another table", "changed", ["notes", "notes"], false],
    ["rows that are gone", "fewer", ["users", "users"], false],
  ])("%s", (_, kind, table, expected) => {
    expect(isExcused(trigger, kind, [...table])).toEqual([expected, expected]);
  });

  test("nothing, where the statements make none", () => {
    expect(isExcused(policy, "changed")).toEqual([false, false]);
  });
});
