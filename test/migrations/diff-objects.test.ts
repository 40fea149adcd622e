import { describe, expect, it } from "vitest";
import { diffSnapshots } from "../../src/migrations/diff.js";
import type {
  ColumnSnapshot,
  IndexSnapshot,
  Snapshot,
  TableSnapshot,
} from "../../src/migrations/snapshot.js";
import { column, foreignKeyTo, indexOf, snapshotOf, tableOf } from "./tables.js";
import { tellOperation } from "./tell-operation.js";

function told(before: Snapshot, after: Snapshot): readonly string[] {
  return diffSnapshots(before, after).map(tellOperation);
}

function toldOfThings(before: Partial<TableSnapshot>, after: Partial<TableSnapshot>): readonly string[] {
  const columns = [column("a", { kind: "integer" }), column("b", { kind: "integer" })];
  return told(snapshotOf(tableOf("things", columns, before)), snapshotOf(tableOf("things", columns, after)));
}

const index: IndexSnapshot = { name: "things_i", columns: ["a"], unique: true };

describe("the changes of an index", () => {
  it("rename it where its name alone changes (case 35)", () => {
    const after = { indexes: [{ ...index, name: "things_j" }] };
    expect(toldOfThings({ indexes: [index] }, after)).toEqual(["renameConstraint things_i to things_j"]);
  });

  it.each<Partial<IndexSnapshot>>([
    { where: "a is not null" },
    { columns: ["b", "a"] },
    { columns: [{ sql: "a + b" }] },
    { method: "gin" },
    { include: ["b"] },
    { nullsNotDistinct: true },
    { constraint: true },
    { unique: false },
  ])("drop and add it where it becomes %j (cases 36 and 45)", (change) => {
    expect(toldOfThings({ indexes: [index] }, { indexes: [{ ...index, ...change }] })).toEqual([
      "dropIndex things_i",
      "addIndex things_i",
    ]);
  });

  it("touch nothing but the index (case 44)", () => {
    const notes = (indexes: readonly IndexSnapshot[]) =>
      tableOf("notes", [column("user_id", { kind: "uuid" })], {
        indexes,
        foreignKeys: [foreignKeyTo("users", "notes", "user_id")],
      });
    const added = indexOf("notes", ["user_id"]);
    const [without, withIndex] = [
      snapshotOf(tableOf("users"), notes([])),
      snapshotOf(tableOf("users"), notes([added])),
    ];
    expect(told(without, withIndex)).toEqual(["addIndex notes_user_id_index"]);
    expect(told(withIndex, without)).toEqual(["dropIndex notes_user_id_index"]);
  });
});

describe("the changes of keys", () => {
  it("see the order of a composite primary key", () => {
    const key = (...columns: readonly string[]) => ({ primaryKey: { name: "things_pkey", columns } });
    expect(toldOfThings(key("a", "b"), key("b", "a"))).toEqual([
      "dropPrimaryKey things_pkey",
      "addPrimaryKey things_pkey",
    ]);
    expect(toldOfThings(key("a", "b"), key("a", "b"))).toEqual([]);
  });

  it("rename a primary key where its name alone changes, under the foreign keys that rely on it", () => {
    const users = (name: string) => tableOf("users", [], { primaryKey: { name, columns: ["id"] } });
    const notes = tableOf("notes", [column("user_id", { kind: "uuid" })], {
      foreignKeys: [foreignKeyTo("users", "notes", "user_id")],
    });
    expect(told(snapshotOf(users("a"), notes), snapshotOf(users("b"), notes))).toEqual([
      "renameConstraint a to b",
    ]);
  });

  it.each([
    { onDelete: "restrict" } as const,
    { onUpdate: "cascade" } as const,
    { deferrable: "initially deferred" } as const,
  ])("drop and add a foreign key that gets %j (case 46)", (options) => {
    const notes = (more: object) =>
      tableOf("notes", [column("user_id", { kind: "uuid" })], {
        foreignKeys: [{ ...foreignKeyTo("users", "notes", "user_id"), ...more }],
      });
    const operations = diffSnapshots(
      snapshotOf(tableOf("users"), notes({})),
      snapshotOf(tableOf("users"), notes(options)),
    );
    expect(operations.map(tellOperation)).toEqual([
      "dropForeignKey notes_user_id_fkey",
      "addForeignKey notes_user_id_fkey",
    ]);
    expect(operations[1]).toMatchObject({ foreignKey: options });
  });

  it("add the columns of a composite foreign key and the key that it refers to first, whatever the names", () => {
    const tenants = column("tenant_id", { kind: "uuid" });
    const orders = (name: string, isUnique: boolean) =>
      tableOf(name, [tenants], { indexes: isUnique ? [indexOf(name, ["tenant_id", "id"], true)] : [] });
    const lines = (name: string, to: string | undefined) =>
      tableOf(name, to === undefined ? [] : [tenants, column("order_id", { kind: "uuid" })], {
        foreignKeys:
          to === undefined
            ? []
            : [
                {
                  ...foreignKeyTo(to, name, "order_id"),
                  columns: ["tenant_id", "order_id"],
                  references: { table: to, columns: ["tenant_id", "id"] },
                },
              ],
      });
    for (const [order, line] of [
      ["a", "b"],
      ["b", "a"],
    ] as const) {
      const operations = told(
        snapshotOf(orders(order, false), lines(line, undefined)),
        snapshotOf(orders(order, true), lines(line, order)),
      );
      expect(operations.at(-1)).toBe(`addForeignKey ${line}_order_id_fkey`);
      expect(operations).toHaveLength(4);
    }
  });

  it("drop many tables that refer to each other, the referring ones first", () => {
    const table = (name: string, ...to: readonly string[]) =>
      tableOf(
        name,
        to.map((other) => column(`${other}_id`, { kind: "uuid" })),
        {
          foreignKeys: to.map((other) => foreignKeyTo(other, name, `${other}_id`)),
        },
      );
    expect(
      told(snapshotOf(table("a"), table("b", "a"), table("c", "a", "b"), table("d", "c")), snapshotOf()),
    ).toEqual(["dropTable d", "dropTable c", "dropTable b", "dropTable a"]);
  });
});

describe("the changes of checks and comments", () => {
  const check = { name: "things_ok", sql: "a > 0" };

  it("add, rename, replace and drop a check (case 48)", () => {
    expect(toldOfThings({}, { checks: [check] })).toEqual(["addCheck things_ok"]);
    expect(toldOfThings({ checks: [check] }, {})).toEqual(["dropCheck things_ok"]);
    expect(toldOfThings({ checks: [check] }, { checks: [{ ...check, name: "other" }] })).toEqual([
      "renameConstraint things_ok to other",
    ]);
    expect(toldOfThings({ checks: [check] }, { checks: [{ ...check, sql: "a > 1" }] })).toEqual([
      "dropCheck things_ok",
      "addCheck things_ok",
    ]);
  });

  it("add a check after the columns that it mentions, and drop it before them", () => {
    const plain = snapshotOf(tableOf("things"));
    const checked = snapshotOf(tableOf("things", [column("a", { kind: "integer" })], { checks: [check] }));
    expect(told(plain, checked)).toEqual(["addColumn things.a", "addCheck things_ok"]);
    expect(told(checked, plain)).toEqual(["dropCheck things_ok", "dropColumn things.a"]);
  });

  it("set the comment of a table", () => {
    const [operation] = diffSnapshots(
      snapshotOf(tableOf("things")),
      snapshotOf(tableOf("things", [], { comment: "Why?" })),
    );
    expect(operation).toEqual({ kind: "commentTable", table: "things", before: undefined, after: "Why?" });
  });
});

describe("the changes of generated columns", () => {
  const generated = (sql: string | undefined): ColumnSnapshot =>
    column("total", { kind: "integer" }, sql === undefined ? {} : { generatedAs: sql });
  const table = (type: "integer" | "bigint", sql: string | undefined) =>
    snapshotOf(
      tableOf("things", [column("price", { kind: type }), generated(sql)], {
        indexes: [indexOf("things", ["total"])],
      }),
    );

  it.each([
    ["another expression", table("integer", "price * 2"), table("integer", "price * 3")],
    ["another type of what it is made of", table("integer", "price * 2"), table("bigint", "price * 2")],
  ])("make it anew for %s, with what is built on it", (_, before, after) => {
    expect(told(before, after).filter((line) => !line.startsWith("alterColumn"))).toEqual([
      "dropIndex things_total_index",
      "dropColumn things.total",
      "addColumn things.total",
      "addIndex things_total_index",
    ]);
  });

  it("keep its values where it stops being generated", () => {
    expect(told(table("integer", "price * 2"), table("integer", undefined))).toContain(
      "alterColumn things.total",
    );
  });

  it("drop it before what it is made of", () => {
    const lone = snapshotOf(tableOf("things"));
    expect(told(table("integer", "price * 2"), lone)).toEqual([
      "dropIndex things_total_index",
      "dropColumn things.total",
      "dropColumn things.price",
    ]);
  });
});
