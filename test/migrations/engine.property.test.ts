import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyOperations } from "../../src/migrations/apply.js";
import { diffSnapshots } from "../../src/migrations/diff.js";
import { invert, invertAll } from "../../src/migrations/invert.js";
import { orderOperations } from "../../src/migrations/order.js";
import { parseTable, serializeTable } from "../../src/migrations/serialize.js";
import type { Snapshot } from "../../src/migrations/snapshot.js";
import { snapshots } from "./arbitraries.js";

/** A snapshot as its files say it; there the order of columns and tables is gone. */
function serialize(snapshot: Snapshot): readonly string[] {
  return [...snapshot.values()].map(serializeTable).sort();
}

describe("the migration engine, whatever the schemas", () => {
  it("makes the one schema of the other by the operations that it finds between them", () => {
    fc.assert(
      fc.property(snapshots, snapshots, (before, after) => {
        const result = applyOperations(before, diffSnapshots(before, after));
        expect(serialize(result)).toEqual(serialize(after));
      }),
    );
  });

  it("finds nothing between a schema and itself, as its files say it", () => {
    fc.assert(
      fc.property(snapshots, (snapshot) => {
        const stored = [...snapshot.values()].map((table) => parseTable(serializeTable(table), "table.json"));
        expect(diffSnapshots(new Map(stored.map((table) => [table.name, table])), snapshot)).toEqual([]);
      }),
    );
  });

  it("gets back by the inverted operations", () => {
    fc.assert(
      fc.property(snapshots, snapshots, (before, after) => {
        const operations = diffSnapshots(before, after);
        const result = applyOperations(applyOperations(before, operations), invertAll(operations));
        expect(serialize(result)).toEqual(serialize(before));
        expect(operations.map(invert).map(invert)).toEqual(operations);
      }),
    );
  });

  it("gives the same operations in the same order, however the tables come", () => {
    fc.assert(
      fc.property(snapshots, snapshots, (before, after) => {
        const operations = diffSnapshots(before, after);
        const turned = new Map([...after].reverse());
        expect(diffSnapshots(new Map([...before].reverse()), turned)).toEqual(operations);
        expect(orderOperations(operations)).toEqual(operations);
      }),
    );
  });

  it("keeps a table through its file", () => {
    fc.assert(
      fc.property(snapshots, (snapshot) => {
        for (const text of serialize(snapshot)) {
          expect(serializeTable(parseTable(text, "table.json"))).toBe(text);
        }
      }),
    );
  });
});
