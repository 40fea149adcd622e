import { describe, expect, it } from "vitest";
import { findRenameCandidates } from "../../src/migrations/rename-candidates.js";
import type { ColumnSnapshot } from "../../src/migrations/snapshot.js";
import { column, snapshotOf, tableOf } from "./tables.js";

const text = column("abc");
const word = column("abc", { kind: "string", length: 20 });

/** What a column that is gone could be called among the new ones. */
function candidatesOf(gone: ColumnSnapshot, ...fresh: readonly ColumnSnapshot[]) {
  const candidates = findRenameCandidates(
    snapshotOf(tableOf("notes", [gone])),
    snapshotOf(tableOf("notes", fresh)),
  );
  return candidates.flatMap(({ from, to }) => [from, ...to]);
}

describe("what a column may be called now", () => {
  it("is likeliest what holds its values as they are, then what takes all of them, then the rest", () => {
    const [narrow, wide, same] = [
      column("abd", { kind: "integer" }),
      column("abe", { kind: "text" }),
      column("abf", word.type),
    ];
    expect(candidatesOf(word, narrow, wide, same)).toEqual(["abc", "abf", "abe", "abd"]);
  });

  it("is sorted by name where nothing else tells", () => {
    expect(candidatesOf(text, column("abz"), column("abd"))).toEqual(["abc", "abd", "abz"]);
    expect(candidatesOf(text, column("abd"), column("abz"))).toEqual(["abc", "abd", "abz"]);
  });

  it("is likelier by letters or by words in common", () => {
    expect(candidatesOf(column("born_on"), column("on_born"), column("since"))).toEqual([
      "born_on",
      "on_born",
      "since",
    ]);
  });

  it.each([
    [
      "of a type that its values cannot be read as",
      column("abc", { kind: "integer" }),
      { kind: "uuid" } as const,
    ],
    ["worked out by the database", text, text.type, "1"],
  ])("is nothing that is %s", (_, gone, type, generatedAs?: string) => {
    const fresh = { ...column("abd", type), ...(generatedAs !== undefined && { generatedAs }) };
    expect(candidatesOf(gone, fresh)).toEqual([]);
  });

  it("is nothing that was there before, and nothing where the column stays", () => {
    expect(candidatesOf(text, text, column("abd"))).toEqual([]);
  });
});

describe("what a table may be called now", () => {
  const named = (name: string, ...columns: readonly string[]) => ({
    ...tableOf(name),
    columns: columns.map((each) => column(each)),
  });

  it("is one with half of its columns or half of its name, the likeliest first; tables come sorted", () => {
    const before = snapshotOf(
      named("zebras", "a", "b"),
      named("hens", "a", "b", "c", "d"),
      named("farms", "a"),
    );
    const after = snapshotOf(
      named("poultry", "a", "b", "c"),
      named("hens_old", "e", "f"),
      named("cars", "x"),
      named("farms", "a"),
    );
    expect(findRenameCandidates(before, after)).toEqual([
      { kind: "table", from: "hens", to: ["poultry", "hens_old"] },
      { kind: "table", from: "zebras", to: ["poultry"] },
    ]);
  });

  it("is asked no more where it is said; columns are asked by their table, sorted", () => {
    const before = snapshotOf(named("hens", "a"), named("cows", "a"));
    const after = snapshotOf(named("ducks", "b"), named("cows", "b"));
    expect(
      findRenameCandidates(before, after, { tables: [{ from: "hens", to: "ducks" }], columns: [] }),
    ).toEqual([
      { kind: "column", table: "cows", from: "a", to: ["b"] },
      { kind: "column", table: "ducks", from: "a", to: ["b"] },
    ]);
  });
});
