import { fc } from "../fast-check.js";
import { describe, expect, it } from "vitest";
import { diffSnapshots } from "../../src/migrations/diff.js";
import { invert, invertAll } from "../../src/migrations/invert.js";
import { orderOperations } from "../../src/migrations/order.js";
import { noRenames } from "../../src/migrations/renames.js";
import { postgresPairs, postgresSnapshots } from "./arbitraries.js";
import { changesOf } from "./arbitrary-renames.js";
import { runOnModel } from "./model-database.js";
import { normalizeSnapshot } from "./normalize-snapshot.js";

const changes = changesOf(postgresPairs);
const numRuns = 300;

describe("the migration engine, whatever the schemas", () => {
  it("makes the one schema of the other by operations that no database refuses", () => {
    fc.assert(
      fc.property(changes, ({ before, after, renames }) => {
        const result = runOnModel(before, diffSnapshots(before, after, renames));
        expect(normalizeSnapshot(result)).toEqual(normalizeSnapshot(after));
      }),
      { numRuns },
    );
  });

  it("gets back by the inverted operations, which no database refuses either", () => {
    fc.assert(
      fc.property(changes, ({ before, after, renames }) => {
        const operations = diffSnapshots(before, after, renames);
        const result = runOnModel(runOnModel(before, operations), invertAll(operations), operations);
        expect(normalizeSnapshot(result)).toEqual(normalizeSnapshot(before));
        expect(operations.map(invert).map(invert)).toEqual(operations);
      }),
      { numRuns },
    );
  });

  it("finds nothing between a schema and itself, however it is sorted", () => {
    fc.assert(
      fc.property(postgresSnapshots, (snapshot) => {
        expect(diffSnapshots(normalizeSnapshot(snapshot), snapshot)).toEqual([]);
      }),
    );
  });

  it("has nothing left to do once renames are carried out, though they are still declared", () => {
    fc.assert(
      fc.property(changes, ({ after, renames }) => {
        expect(diffSnapshots(after, after, renames)).toEqual([]);
      }),
    );
  });

  it("gives the same operations in the same order, however tables, keys, indexes and checks are declared", () => {
    fc.assert(
      fc.property(changes, ({ before, after, renames }) => {
        const operations = diffSnapshots(before, after, renames);
        const turned = new Map(
          [...after].reverse().map(([key, table]) => [key, before.has(key) ? turn(table) : table]),
        );
        expect(diffSnapshots(new Map([...before].reverse()), turned, renames)).toEqual(operations);
        const unnamed = diffSnapshots(before, after, noRenames).filter(
          ({ kind }) => !kind.endsWith("Schema"),
        );
        expect(orderOperations(unnamed)).toEqual(unnamed);
      }),
    );
  });
});

function turn<
  Table extends { readonly indexes: readonly unknown[]; readonly foreignKeys: readonly unknown[] },
>(table: Table): Table {
  return { ...table, indexes: [...table.indexes].reverse(), foreignKeys: [...table.foreignKeys].reverse() };
}
