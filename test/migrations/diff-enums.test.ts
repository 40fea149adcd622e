import { describe, expect, it } from "vitest";
import { diffSnapshots } from "../../src/migrations/diff.js";
import { invertAll } from "../../src/migrations/invert.js";
import type { ColumnSnapshot, TableSnapshot } from "../../src/migrations/snapshot.js";
import { column, snapshotOf, tableOf } from "./tables.js";
import { tellOperation } from "./tell-operation.js";

function mood(values: readonly string[], more: Partial<ColumnSnapshot> = {}): ColumnSnapshot {
  return column("mood", { kind: "enum", values, native: "mood" }, more);
}

const things = (column: ColumnSnapshot, more: Partial<TableSnapshot> = {}) =>
  snapshotOf(tableOf("things", [column], more));

describe("an enum type of the database", () => {
  it("is made before the first column that uses it, and goes after the last", () => {
    const [without, used] = [snapshotOf(), things(mood(["a"]))];
    expect(diffSnapshots(without, used).map(tellOperation)).toEqual([
      "createEnum mood",
      "createTable things",
    ]);
    expect(diffSnapshots(used, without).map(tellOperation)).toEqual(["dropTable things", "dropEnum mood"]);
    const text = things(column("mood"));
    expect(diffSnapshots(text, used).map(tellOperation)).toEqual([
      "createEnum mood",
      "alterColumn things.mood",
    ]);
    expect(diffSnapshots(used, text).map(tellOperation)).toEqual([
      "alterColumn things.mood",
      "dropEnum mood",
    ]);
  });

  it("is found in lists too", () => {
    const list = column("moods", { kind: "array", of: mood(["a"]).type });
    expect(diffSnapshots(snapshotOf(tableOf("things")), things(list)).map(tellOperation)).toEqual([
      "createEnum mood",
      "addColumn things.moods",
    ]);
  });

  it("gets words at their places", () => {
    expect(diffSnapshots(things(mood(["a", "c"])), things(mood(["a", "b", "c", "d"])))).toEqual([
      {
        kind: "addEnumValues",
        before: { name: "mood", values: ["a", "c"] },
        after: { name: "mood", values: ["a", "b", "c", "d"] },
      },
    ]);
  });

  it("is replaced where a word is lost or moves, with the columns that use it", () => {
    for (const values of [["a"], ["b", "a"]]) {
      expect(diffSnapshots(things(mood(["a", "b"])), things(mood(values)))).toEqual([
        {
          kind: "replaceEnum",
          before: { name: "mood", values: ["a", "b"] },
          after: { name: "mood", values },
          uses: [{ table: "things", column: mood(["a", "b"]) }],
        },
      ]);
    }
  });

  it("is replaced where a new word is used at once, which PostgreSQL forbids of an added one", () => {
    const before = things(mood(["a"]));
    const byDefault = things(mood(["a", "b"], { default: { kind: "value", value: "b" } }));
    expect(diffSnapshots(before, byDefault).map(tellOperation)).toEqual([
      "replaceEnum mood",
      "alterColumn things.mood",
    ]);
    const byCheck = things(mood(["a", "b"]), { checks: [{ name: "c", sql: "mood <> 'b'" }] });
    expect(diffSnapshots(before, byCheck).map(tellOperation)).toEqual(["replaceEnum mood", "addCheck c"]);
  });

  it("loses a default first that it no longer has", () => {
    const before = things(mood(["a", "b"], { default: { kind: "value", value: "a" } }));
    const after = things(mood(["b"], { default: { kind: "value", value: "b" } }));
    const operations = diffSnapshots(before, after);
    expect(operations.map(tellOperation)).toEqual([
      "alterColumn things.mood",
      "replaceEnum mood",
      "alterColumn things.mood",
    ]);
    expect(operations[0]).toMatchObject({ after: mood(["a", "b"]) });
    expect(invertAll(operations)[0]).toMatchObject({ after: mood(["b"]) });
  });

  it("is replaced without the checks and indexes that were read with the old type", () => {
    const built: Partial<TableSnapshot> = {
      checks: [{ name: "c", sql: "mood <> 'b'" }],
      indexes: [
        { name: "partial", columns: ["id"], unique: false, where: "mood = 'b'" },
        { name: "plain", columns: ["mood"], unique: false },
      ],
    };
    expect(
      diffSnapshots(things(mood(["a", "b"]), built), things(mood(["b"]), built)).map(tellOperation),
    ).toEqual(["dropCheck c", "dropIndex partial", "replaceEnum mood", "addIndex partial", "addCheck c"]);
  });
});

describe("a schema of the database", () => {
  it("is made before its first table and goes after its last, save the one that is always there", () => {
    const inSchema = (schema: string) => new Map([[`${schema}.things`, { ...tableOf("things"), schema }]]);
    expect(diffSnapshots(snapshotOf(), inSchema("billing")).map(tellOperation)).toEqual([
      "createSchema billing",
      "createTable billing.things",
    ]);
    expect(diffSnapshots(inSchema("billing"), snapshotOf()).map(tellOperation)).toEqual([
      "dropTable billing.things",
      "dropSchema billing",
    ]);
    expect(diffSnapshots(snapshotOf(), inSchema("public")).map(tellOperation)).toEqual([
      "createTable public.things",
    ]);
  });
});

describe("the statements of a project's own", () => {
  const statement = (name: string, up: string) => ({ name, up, down: `drop ${name}` });
  const [one, two] = [statement("one", "create one on things"), statement("two", "create two on things(a)")];

  it("come in their order after all that they mention, and go in reverse before it (case 61)", () => {
    const bare = snapshotOf(tableOf("things"));
    const full = snapshotOf(tableOf("things", [column("a")], { statements: [two, one] }));
    expect(diffSnapshots(bare, full).map(tellOperation)).toEqual([
      "addColumn things.a",
      "addStatement two",
      "addStatement one",
    ]);
    expect(diffSnapshots(full, bare).map(tellOperation)).toEqual([
      "dropStatement one",
      "dropStatement two",
      "dropColumn things.a",
    ]);
  });

  it("are operations of their own for tables that come or go", () => {
    const full = snapshotOf(tableOf("things", [column("a")], { statements: [one, two] }));
    expect(diffSnapshots(snapshotOf(), full).map(tellOperation)).toEqual([
      "createTable things",
      "addStatement one",
      "addStatement two",
    ]);
    expect(diffSnapshots(full, snapshotOf()).map(tellOperation)).toEqual([
      "dropStatement two",
      "dropStatement one",
      "dropTable things",
    ]);
  });
});
