import { describe, expect, test } from "vitest";
import { readAnswers, type TypedAnswers } from "../../../src/generator/migrations/read-answers.js";
import type { Snapshot, TableSnapshot } from "../../../src/migrations/snapshot.js";
import { isAshlarError } from "../../../src/support/problem.js";

const nothing: TypedAnswers = {
  ...{ rename: [], renameTable: [], notRenamed: [] },
  ...{ allowDrop: [], fill: [], cast: [] },
};

function buildTable(name: string, columns: readonly string[], schema?: string): TableSnapshot {
  return {
    ...{ name, indexes: [], foreignKeys: [], ...(schema !== undefined && { schema }) },
    columns: columns.map((column) => ({ name: column, type: { kind: "text" }, nullable: true })),
  };
}

const before: Snapshot = new Map([
  ["people", buildTable("people", ["name"])],
  ["billing.invoices", buildTable("invoices", ["total"], "billing")],
]);
const after: Snapshot = new Map([
  ["users", buildTable("users", ["full_name"])],
  ["billing.invoices", buildTable("invoices", ["amount"], "billing")],
]);

function read(typed: Partial<TypedAnswers>) {
  return readAnswers({ ...nothing, ...typed }, { before, after });
}

describe("answers", () => {
  test("a column of a table in another schema", () => {
    const { renames } = read({ rename: ["billing.invoices.total:amount"] });
    expect(renames.columns).toEqual([{ table: "billing.invoices", from: "total", to: "amount" }]);
  });

  test.each(["people.name:full_name", "users.name:full_name"])(
    "a column of a table that is renamed too, named by either of its names: %s",
    (rename) => {
      const { renames } = read({ rename: [rename], renameTable: ["people:users"] });
      expect(renames).toEqual({
        tables: [{ from: "people", to: "users" }],
        columns: [{ table: "users", from: "name", to: "full_name" }],
      });
    },
  );

  test("SQL keeps what it holds", () => {
    const { fills, casts } = read({ fill: ["users.full_name='a=b.c:d'"], cast: ["users.full_name=a::text"] });
    expect(fills).toEqual(new Map([["users.full_name", "'a=b.c:d'"]]));
    expect(casts).toEqual(new Map([["users.full_name", "a::text"]]));
  });

  test("every answer that is wrong is told", () => {
    const typed = { rename: ["x", "people.nam:y"], renameTable: ["a:b"], fill: ["users.full_name="] };
    const codes = collectCodes(typed);
    expect(codes).toEqual([
      "migration.answer.unknown",
      "migration.answer.malformed",
      "migration.answer.unknown",
      "migration.answer.malformed",
    ]);
  });
});

function collectCodes(typed: Partial<TypedAnswers>): readonly string[] {
  try {
    read(typed);
    return [];
  } catch (error) {
    if (!isAshlarError(error)) throw error;
    expect(error.kind).toBe("usage");
    return error.problems.map(({ code }) => code);
  }
}
