import { describe, expect, test } from "vitest";
import { diffSnapshots } from "../../src/migrations/diff.js";
import type { Operation } from "../../src/migrations/operation.js";
import { placeOperations } from "../../src/migrations/render/lock-safe/place.js";
import { reviewLocks } from "../../src/migrations/render/lock-safe/review-locks.js";
import type { ColumnSnapshot, IndexSnapshot, TableSnapshot } from "../../src/migrations/snapshot.js";
import { features } from "./migrate-features-cases.js";
import { column, indexOf, snapshotOf, tableOf } from "./tables.js";

const integer = { kind: "integer" } as const;
const number = column("n", integer, { nullable: false });

function tasks(columns: readonly ColumnSnapshot[], more: Partial<TableSnapshot> = {}): TableSnapshot {
  return tableOf("tasks", columns, more);
}

function change(before: TableSnapshot, after: TableSnapshot): readonly Operation[] {
  return diffSnapshots(snapshotOf(before), snapshotOf(after));
}

/** The operations by the file that they go to; `a > b` is b in place of a. */
function place(operations: readonly Operation[]): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    placeOperations(operations).map(({ place: file, tasks: placed }) => [
      file,
      placed.map(({ operation, replaced }) => `${replaced ? `${replaced.kind} > ` : ""}${operation.kind}`),
    ]),
  );
}

const byTitle: IndexSnapshot = { name: "u", columns: ["title"], unique: true };
const byNumber: IndexSnapshot = { name: "u", columns: ["n"], unique: true };
const worked = (sql: string) => column("total", integer, { generatedAs: sql });

describe("an index that takes the name of another", () => {
  test("is built beside it", () => {
    const [before, after] = [{ indexes: [byTitle] }, { indexes: [byNumber] }];
    expect(place(change(tasks([number], before), tasks([number], after)))).toEqual({
      after: ["dropIndex > addIndex"],
    });
  });

  test("waits for a column that comes", () => {
    const [before, after] = [{ indexes: [byTitle] }, { indexes: [byNumber] }];
    const columns = [column("title")];
    const operations = change(tasks(columns, before), tasks([...columns, column("n", integer)], after));
    expect(place(operations)).toEqual({ inside: ["addColumn"], after: ["dropIndex > addIndex"] });
    expect(reviewLocks(operations)).toEqual([]);
  });

  test("comes before a column goes that the old one holds", () => {
    const [before, after] = [{ indexes: [byTitle] }, { indexes: [byNumber] }];
    const operations = change(tasks([column("title"), number], before), tasks([number], after));
    expect(place(operations)).toEqual({ before: ["dropIndex > addIndex"], inside: ["dropColumn"] });
    expect(reviewLocks(operations)).toEqual([]);
  });

  test("goes into the transaction where one column goes and another comes, which is told", () => {
    const [before, after] = [{ indexes: [byTitle] }, { indexes: [byNumber] }];
    const operations = change(tasks([column("title")], before), tasks([column("n", integer)], after));
    expect(place(operations)).toEqual({ inside: ["addColumn", "dropIndex", "addIndex", "dropColumn"] });
    expect(reviewLocks(operations).map(({ code, message }) => [code, message])).toEqual([
      [
        "migration.table.locked",
        'PostgreSQL builds "u" of "tasks" in one transaction with other steps: nobody else writes to the table until that is done.',
      ],
    ]);
  });

  test("goes into the transaction where its column is made anew, if it keeps rows apart", () => {
    const index = indexOf("tasks", ["total"], true);
    const before = tasks([number, worked("n + 1")], { indexes: [index] });
    const after = tasks([number, worked("n + 2")], { indexes: [index] });
    expect(Object.keys(place(change(before, after)))).toEqual(["inside"]);
    const plain = { indexes: [{ ...index, unique: false }] };
    expect(Object.keys(place(change({ ...before, ...plain }, { ...after, ...plain })))).toEqual([
      "before",
      "inside",
      "after",
    ]);
  });

  test("is one operation after the other with what has to be between", () => {
    const { before, after } = features["another primary key, to whose columns others refer"] ?? {};
    expect(before && after && place(diffSnapshots(before, after))).toEqual({
      after: ["dropForeignKey", "addIndex", "dropPrimaryKey > addPrimaryKey", "addForeignKey"],
    });
  });
});

test("an old index goes when the new ones are there", () => {
  const before = tasks([column("title"), number], { indexes: [indexOf("tasks", ["title"])] });
  const after = tasks([column("title"), number], { indexes: [indexOf("tasks", ["title", "n"])] });
  expect(place(change(before, after))).toEqual({ after: ["addIndex", "dropIndex"] });
});
