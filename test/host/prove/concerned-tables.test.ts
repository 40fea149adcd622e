import { describe, expect, it } from "vitest";
import { findConcerned } from "../../../src/host/prove/concerned-tables.js";
import type { Operation } from "../../../src/migrations/operation.js";
import { column, foreignKeyTo, snapshotOf, tableOf } from "../../migrations/tables.js";

const refer = (table: string, other: string) =>
  tableOf(table, [column("other_id", { kind: "uuid" })], {
    foreignKeys: [foreignKeyTo(other, table, "other_id")],
  });
const trigger = { name: "idle", up: "create trigger … on ovens … insert into farms", down: "drop trigger …" };
const mood = (...values: readonly string[]) => ({ name: "mood", values });

const farms = tableOf("farms");
const hens = refer("hens", "farms");
const eggs = refer("eggs", "hens");
const cakes = refer("cakes", "eggs");
const pans = tableOf("pans", [column("mood", { kind: "enum", values: ["hot"], native: "mood" })]);
const ovens = tableOf("ovens", [], { statements: [trigger] });

const all = [farms, hens, eggs, cakes, pans];
const addTo = (table: string): Operation => ({ kind: "addColumn", table, column: column("name") });

/** The tables that are built for the operation. */
function find(operation: Operation, tables = all): readonly string[] {
  const schema = snapshotOf(...tables);
  const { before, after } = findConcerned({ before: schema, after: schema }, [operation]);
  expect([...after.keys()]).toEqual([...before.keys()]);
  return [...before.keys()].sort();
}

describe("what a change can touch", () => {
  it("is its table, what refers to it, and what it refers to", () => {
    expect(find(addTo("eggs"))).toEqual(["cakes", "eggs", "hens"]);
    expect(find(addTo("farms"))).toEqual(["farms", "hens"]);
    expect(find(addTo("pans"))).toEqual(["pans"]);
  });

  it("is a table by both of its names", () => {
    const before = snapshotOf(...all);
    const after = snapshotOf(tableOf("kettles"), ...all.filter((table) => table !== pans));
    const concerned = findConcerned({ before, after }, [
      { kind: "renameTable", from: "pans", to: "kettles" },
    ]);
    expect([[...concerned.before.keys()], [...concerned.after.keys()]]).toEqual([["pans"], ["kettles"]]);
  });

  it("is every table with a column of an enum type that changes", () => {
    expect(find({ kind: "addEnumValues", before: mood("hot"), after: mood("hot", "cold") })).toEqual([
      "pans",
    ]);
  });

  it("leaves out what lies beyond, with the foreign keys that lead there", () => {
    const schema = snapshotOf(...all);
    const { before } = findConcerned({ before: schema, after: schema }, [addTo("eggs")]);
    expect(before.get("hens")?.foreignKeys).toEqual([]);
    expect(before.get("cakes")).toEqual(cakes);
    expect(before.get("eggs")).toEqual(eggs);
  });

  it("is everything where a few tables come with statements, which may touch any", () => {
    expect(find(addTo("pans"), [...all, ovens])).toHaveLength(all.length + 1);
  });

  it("is, among many tables, what comes with statements and what those name", () => {
    const many = Array.from({ length: 40 }, (_, number) => tableOf(`table${number}`));
    expect(find(addTo("pans"), [...all, ...many, ovens])).toEqual(["farms", "ovens", "pans"]);
  });

  it("is everything where a statement itself comes or goes", () => {
    expect(find({ kind: "addStatement", table: "pans", statement: trigger })).toHaveLength(all.length);
  });
});
