import { expect, it } from "vitest";
import { listCreations } from "../../src/migrations/list-creations.js";
import { column, foreignKeyTo, indexOf, snapshotOf, tableOf } from "./tables.js";

/** Hens and eggs that refer to each other. */
function refer(table: string, other: string) {
  return tableOf(table, [column("other_id", { kind: "uuid" })], {
    foreignKeys: [foreignKeyTo(other, table, "other_id")],
  });
}

const eggs = refer("eggs", "hens");
const hens = refer("hens", "eggs");
const before = snapshotOf(tableOf("farms"));
const after = snapshotOf(
  tableOf("farms", [column("name")], { indexes: [indexOf("farms", ["name"])] }),
  hens,
  eggs,
);

it("closes a circle of tables after them on PostgreSQL", () => {
  const operations = listCreations({ before, after, database: "postgres" });
  expect(operations.map(({ kind }) => kind)).toEqual([
    "addColumn",
    "addIndex",
    "createTable",
    "createTable",
    "addForeignKey",
  ]);
});

it("makes each table with all of its references on SQLite, which takes one to a table that is to come", () => {
  const operations = listCreations({ before, after, database: "sqlite" });
  expect(operations.map(({ kind }) => kind)).toEqual(["addColumn", "addIndex", "createTable", "createTable"]);
  const tables = operations.flatMap((operation) =>
    operation.kind === "createTable" ? [operation.table] : [],
  );
  expect(snapshotOf(...tables)).toEqual(snapshotOf(hens, eggs));
});
