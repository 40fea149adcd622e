import { describe, expect, it } from "vitest";
import { mergeTables } from "../../src/migrations/merge-tables.js";
import type { ColumnSnapshot, TableSnapshot } from "../../src/migrations/snapshot.js";
import { column, tableOf } from "./tables.js";

const [id] = tableOf("users").columns;
const check = (name: string) => ({ name, sql: `${name} > 0` });
const statement = (name: string, up = "select 1") => ({ name, up, down: "select 2" });

/** A resource's view of the table `users`, without a key. */
function view(columns: readonly ColumnSnapshot[], more: Partial<TableSnapshot> = {}): TableSnapshot {
  return { name: "users", columns, indexes: [], foreignKeys: [], ...more };
}

function merge(...tables: readonly TableSnapshot[]) {
  return mergeTables(tables.map((table, position) => ({ owner: `R${position + 1}`, table })));
}

describe("one table of several resources", () => {
  it("has what only one of them says: the key, the comment, checks by name, statements in their order", () => {
    const { tables, problems } = merge(
      view([column("a")]),
      tableOf("users", [column("a")], {
        comment: "Who",
        checks: [check("c"), check("d")],
        statements: [statement("t")],
      }),
      view([column("a")], {
        comment: "Whom",
        checks: [check("b"), check("c")],
        statements: [statement("s")],
      }),
    );
    expect(problems).toEqual([]);
    expect(tables).toStrictEqual([
      {
        name: "users",
        comment: "Who",
        columns: [column("a"), id],
        primaryKey: { name: "users_pkey", columns: ["id"] },
        indexes: [],
        foreignKeys: [],
        checks: [check("b"), check("c"), check("d")],
        statements: [statement("t"), statement("s")],
      },
    ]);
  });

  it("is what one alone says, which disagrees with nobody", () => {
    const odd = view([column("a"), column("a", { kind: "integer" })]);
    expect(merge(odd)).toStrictEqual({ tables: [odd], problems: [] });
  });

  it("says nothing of what none of them has", () => {
    expect(merge(view([column("a")]), view([column("b")])).tables).toStrictEqual([
      view([column("a"), column("b")]),
    ]);
  });

  const counted: ColumnSnapshot = {
    ...column("n"),
    nullable: false,
    default: { kind: "identity", always: true },
  };
  it.each<[string, readonly ColumnSnapshot[], ColumnSnapshot]>([
    ["takes no null where the database numbers the rows", [counted], counted],
    [
      "takes null where only one numbers the rows",
      [counted, { ...column("n"), nullable: false }, column("n")],
      column("n"),
    ],
    [
      "has the default that all of them give",
      [
        { ...column("n"), default: { kind: "now" } },
        { ...column("n"), default: { kind: "now" } },
      ],
      { ...column("n"), default: { kind: "now" } },
    ],
    [
      "has the comment of the first that gives one",
      [column("n"), { ...column("n"), comment: "How many" }, { ...column("n"), comment: "Many" }],
      { ...column("n"), comment: "How many" },
    ],
  ])("has a column that %s", (_, columns, merged) => {
    const { tables } = merge(view([]), ...columns.map((each) => view([each])));
    expect(tables[0]?.columns).toStrictEqual([merged]);
  });

  it("is refused where they say different statements of one name, and names the resources", () => {
    const [problem, ...others] = merge(
      view([], { schema: "sales", statements: [statement("s")] }),
      view([], { schema: "sales", statements: [statement("s")] }),
      view([], { schema: "sales", statements: [statement("s", "select 3")] }),
    ).problems;
    expect(others).toEqual([]);
    expect(problem).toMatchObject({
      code: "table.statement.conflict",
      message: '"R1" and "R3" share the table "sales.users" and disagree on the statement "s".',
    });
  });
});
