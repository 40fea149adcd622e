import { describe, expect, it } from "vitest";
import { applyOperations } from "../../src/migrations/apply.js";
import { diffSnapshots } from "../../src/migrations/diff.js";
import type { Renames } from "../../src/migrations/renames.js";
import type { Snapshot, TableSnapshot } from "../../src/migrations/snapshot.js";
import { column, foreignKeyTo, indexOf, snapshotOf, tableOf } from "./tables.js";
import { tellOperation } from "./tell-operation.js";

function told(before: Snapshot, after: Snapshot, renames: Partial<Renames>): readonly string[] {
  return diffSnapshots(before, after, { tables: [], columns: [], ...renames }).map(tellOperation);
}

const renameColumn = (table: string, from: string, to: string) => ({ columns: [{ table, from, to }] });
const renameTable = (from: string, to: string) => ({ tables: [{ from, to }] });

/** A table whose parts are all built on one column. */
function builtOn(name: string, more: Partial<TableSnapshot> = {}): TableSnapshot {
  return tableOf("users", [column(name, { kind: "integer" })], {
    indexes: [{ ...indexOf("users", [name], true), name: "users_unique" }],
    checks: [{ name: "users_positive", sql: `${name} >= 0 and label <> 'size'` }],
    ...more,
  });
}

describe("a renamed column", () => {
  it("is one operation, and what is built on it follows (case 32)", () => {
    const before = snapshotOf(builtOn("size"));
    const after = snapshotOf(builtOn("amount"));
    expect(told(before, after, renameColumn("users", "size", "amount"))).toEqual([
      "renameColumn users.size to amount",
    ]);
  });

  it("is one dropped and one added where nobody says that it is renamed (case 32)", () => {
    const before = snapshotOf(tableOf("users", [column("size")]));
    const after = snapshotOf(tableOf("users", [column("amount")]));
    expect(told(before, after, {})).toEqual(["addColumn users.amount", "dropColumn users.size"]);
  });

  it("is altered besides where more than its name changes (case 34)", () => {
    const before = snapshotOf(tableOf("users", [column("size", { kind: "integer" })]));
    const after = snapshotOf(tableOf("users", [column("amount", { kind: "bigint" }, { nullable: false })]));
    expect(told(before, after, renameColumn("users", "size", "amount"))).toEqual([
      "renameColumn users.size to amount",
      "alterColumn users.amount",
    ]);
  });

  it("takes the names along that are made of its own: key, index, foreign key, check of an enum", () => {
    const build = (name: string) =>
      tableOf(
        "notes",
        [column(name, { kind: "uuid" }), column(`${name}_state`, { kind: "enum", values: ["a"] })],
        {
          foreignKeys: [foreignKeyTo("users", "notes", name)],
          indexes: [indexOf("notes", [name])],
        },
      );
    const renames = { columns: [...renameColumn("notes", "user_id", "owner_id").columns] };
    const [before, after] = [
      snapshotOf(tableOf("users"), build("user_id")),
      snapshotOf(tableOf("users"), build("owner_id")),
    ];
    expect(
      told(before, after, {
        columns: [...renames.columns, { table: "notes", from: "user_id_state", to: "owner_id_state" }],
      }),
    ).toEqual([
      "renameColumn notes.user_id to owner_id",
      "renameColumn notes.user_id_state to owner_id_state",
      "renameConstraint notes_user_id_state_check to notes_owner_id_state_check",
      "renameConstraint notes_user_id_fkey to notes_owner_id_fkey",
      "renameConstraint notes_user_id_index to notes_owner_id_index",
    ]);
  });

  it("leaves the foreign keys of other tables alone, which follow", () => {
    const build = (name: string) => ({
      ...tableOf("users"),
      columns: [column(name, { kind: "uuid" }, { nullable: false })],
      primaryKey: { name: "users_pkey", columns: [name] },
    });
    const notes = (name: string) =>
      tableOf("notes", [column("user_id", { kind: "uuid" })], {
        foreignKeys: [
          { ...foreignKeyTo("users", "notes", "user_id"), references: { table: "users", columns: [name] } },
        ],
      });
    const [before, after] = [snapshotOf(build("id"), notes("id")), snapshotOf(build("key"), notes("key"))];
    expect(told(before, after, renameColumn("users", "id", "key"))).toEqual(["renameColumn users.id to key"]);
  });

  it("makes room for another that takes its name", () => {
    const before = snapshotOf(tableOf("users", [column("a"), column("b")]));
    const after = snapshotOf(tableOf("users", [column("b"), column("c"), column("a", { kind: "date" })]));
    const renames = {
      columns: [
        { table: "users", from: "a", to: "b" },
        { table: "users", from: "b", to: "c" },
      ],
    };
    expect(told(before, after, renames)).toEqual([
      "renameColumn users.b to c",
      "renameColumn users.a to b",
      "addColumn users.a",
    ]);
    expect(told(after, after, renames)).toEqual([]);
  });

  it("is ignored where it is spent, or was never there", () => {
    const after = snapshotOf(tableOf("users", [column("full_name")]));
    expect(told(after, after, renameColumn("users", "name", "full_name"))).toEqual([]);
    expect(told(snapshotOf(), after, renameColumn("users", "name", "full_name"))).toEqual([
      "createTable users",
    ]);
  });
});

describe("a renamed table", () => {
  const notes = (table: string) =>
    tableOf("notes", [column("user_id", { kind: "uuid" })], {
      foreignKeys: [foreignKeyTo(table, "notes", "user_id")],
    });

  it("is one statement, besides the names made of its own (case 50)", () => {
    const before = snapshotOf(
      tableOf("users", [column("a")], { indexes: [indexOf("users", ["a"])] }),
      notes("users"),
    );
    const after = snapshotOf(
      tableOf("people", [column("a")], { indexes: [indexOf("people", ["a"])] }),
      notes("people"),
    );
    expect(told(before, after, renameTable("users", "people"))).toEqual([
      "renameTable users to people",
      "renameConstraint users_a_index to people_a_index",
      "renameConstraint users_pkey to people_pkey",
    ]);
  });

  it("is one dropped and one created where nobody says that it is renamed (case 50)", () => {
    expect(told(snapshotOf(tableOf("users")), snapshotOf(tableOf("people")), {})).toEqual([
      "createTable people",
      "dropTable users",
    ]);
  });

  it("moves to another schema before all else, and foreign keys to it stay (case 51)", () => {
    const before = snapshotOf(tableOf("users"), notes("users"));
    const after = snapshotOf(
      { ...tableOf("users", [column("a")]), schema: "billing" },
      notes("billing.users"),
    );
    expect(told(before, after, renameTable("users", "billing.users"))).toEqual([
      "createSchema billing",
      "renameTable users to billing.users",
      "addColumn billing.users.a",
    ]);
  });

  it("moves and changes its name one after the other, over a place that is free", () => {
    const inSchema = (name: string) => ({ ...tableOf(name), schema: "billing" });
    const before = snapshotOf(inSchema("users"), inSchema("people"));
    const after = snapshotOf(tableOf("people"), inSchema("people"));
    expect(told(before, after, renameTable("billing.users", "people"))).toEqual([
      "renameTable billing.users to users",
      "renameTable users to people",
      "renameConstraint users_pkey to people_pkey",
    ]);
  });

  it("shows the changes of its columns too", () => {
    const before = snapshotOf(tableOf("users", [column("a"), column("b")]));
    const after = snapshotOf(tableOf("people", [column("c"), column("b", { kind: "date" })]));
    const operations = told(before, after, {
      ...renameTable("users", "people"),
      ...renameColumn("people", "a", "c"),
    });
    expect(operations).toEqual([
      "renameTable users to people",
      "renameColumn people.a to c",
      "renameConstraint users_pkey to people_pkey",
      "alterColumn people.b",
    ]);
  });

  it("drops a statement that changes under its old name, and adds the new one", () => {
    const touched = (name: string) =>
      tableOf(name, [], {
        statements: [{ name: "touch", up: `create trigger t on ${name}`, down: `drop trigger t on ${name}` }],
      });
    const operations = diffSnapshots(snapshotOf(touched("users")), snapshotOf(touched("people")), {
      tables: [{ from: "users", to: "people" }],
      columns: [],
    });
    expect(operations.map(tellOperation)).toEqual([
      "dropStatement touch",
      "renameTable users to people",
      "renameConstraint users_pkey to people_pkey",
      "addStatement touch",
    ]);
    expect(operations[0]).toMatchObject({ table: "users" });
  });
});

describe("SQL over a renamed column", () => {
  it.each([
    ["size > 0", "amount > 0"],
    ['"size" > 0', '"amount" > 0'],
    ["label <> 'size' and size(size) = 1", "label <> 'size' and size(amount) = 1"],
    ["oversize = 1 or 1::size = 2", "oversize = 1 or 1::size = 2"],
    ["SIZE in (1)", "amount in (1)"],
  ])("follows as a database makes it: %s", (sql, expected) => {
    const table = tableOf("users", [column("size")], { checks: [{ name: "c", sql }] });
    const result = applyOperations(snapshotOf(table), [
      { kind: "renameColumn", table: "users", from: "size", to: "amount" },
    ]);
    expect(result.get("users")?.checks).toEqual([{ name: "c", sql: expected }]);
  });

  it("quotes a name that SQL would not take as it is", () => {
    const table = tableOf("users", [column("size")], { checks: [{ name: "c", sql: "size > 0" }] });
    const rename = (to: string) =>
      applyOperations(snapshotOf(table), [{ kind: "renameColumn", table: "users", from: "size", to }]).get(
        "users",
      );
    expect(rename("order")?.checks?.[0]?.sql).toBe('"order" > 0');
    expect(rename("Size")?.checks?.[0]?.sql).toBe('"Size" > 0');
  });
});
