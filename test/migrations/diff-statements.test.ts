import { describe, expect, it } from "vitest";
import { diffSnapshots } from "../../src/migrations/diff.js";
import type { StatementSnapshot } from "../../src/migrations/snapshot.js";
import { findMadeTable, findMadeView } from "../../src/migrations/made-by-statement.js";
import { column, snapshotOf, tableOf } from "./tables.js";

const view = (name: string, up: string): StatementSnapshot => ({ name, up, down: `drop view "${name}"` });

const tables = (...statements: readonly StatementSnapshot[]) =>
  snapshotOf({ ...tableOf("tasks", [column("title", { kind: "text" })]), statements }, tableOf("users", []));

const told = (before: ReturnType<typeof tables>, after: ReturnType<typeof tables>) =>
  diffSnapshots(before, after).map((operation) =>
    "statement" in operation ? `${operation.kind} ${operation.statement.name}` : operation.kind,
  );

describe("a statement that changes", () => {
  const titles = view("titles", "create view titles as select title from tasks");
  const counted = view("counted", "create view counted as select count(*) from TITLES");
  const trigger = view("put", 'create trigger put instead of insert on "counted" begin select 1; end');
  const others = view("others", "create view others as select id from users");

  it("takes along what names the view that it makes, and what names that", () => {
    const longer = { ...titles, up: `${titles.up} where title > ''` };
    const before = tables(titles, counted, trigger, others);
    expect(told(before, tables(longer, counted, trigger, others))).toEqual([
      ...["dropStatement put", "dropStatement counted", "dropStatement titles"],
      ...["addStatement titles", "addStatement counted", "addStatement put"],
    ]);
  });

  it("leaves alone what does without it", () => {
    const before = tables(titles, counted, others);
    const after = tables(titles, { ...counted, up: `${counted.up} where title > ''` }, others);
    expect(told(before, after)).toEqual(["dropStatement counted", "addStatement counted"]);
  });
});

describe("the view that a statement makes", () => {
  it.each([
    ["create view titles as select 1", "titles"],
    ["CREATE TEMP VIEW IF NOT EXISTS [my titles](a) as select 1", "my titles"],
    ['create view "my titles" as select 1', "my titles"],
    ["create view `titles`as select 1", "titles"],
    ["create view titles(a) as select 1", "titles"],
    ["-- for the list\ncreate or replace view titles as select 1", "titles"],
    ["/* slow */ create materialized view if not exists titles as select 1", "titles"],
    ["create trigger put after insert on tasks begin select 1; end", undefined],
  ])("of %s is %s", (sql, name) => expect(findMadeView(sql)).toBe(name));
});

describe("the table that a statement makes", () => {
  it.each([
    ["create table log (id integer)", "log"],
    ["CREATE UNLOGGED TABLE IF NOT EXISTS audit.log(id integer)", "audit.log"],
    ['-- what was done\ncreate table "the log"(id integer)', "the log"],
    ["create virtual table found using fts5(title)", "found"],
    ["create trigger log after insert on tasks begin select 'create table'; end", undefined],
    ["create view log as select 1", undefined],
  ])("of %s is %s", (sql, name) => expect(findMadeTable(sql)).toBe(name));
});
