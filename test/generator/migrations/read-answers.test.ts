import { describe, expect, test } from "vitest";
import { readAnswers, type TypedAnswers } from "../../../src/generator/migrations/read-answers.js";
import type { Snapshot, TableSnapshot } from "../../../src/migrations/snapshot.js";
import { isAshlarError, type Problem } from "../../../src/support/problem.js";

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

  test.each<[Partial<TypedAnswers>, string, string]>([
    [
      { rename: ["people"] },
      '--rename "people" cannot be read.',
      "Write it like: --rename users.name:full_name",
    ],
    [
      { rename: ["people.name:"] },
      '--rename "people.name:" cannot be read.',
      "Write it like: --rename users.name:full_name",
    ],
    [
      { rename: [".name:x"] },
      '--rename ".name:x" cannot be read.',
      "Write it like: --rename users.name:full_name",
    ],
    [
      { rename: ["people.:x"] },
      '--rename "people.:x" cannot be read.',
      "Write it like: --rename users.name:full_name",
    ],
    [
      { renameTable: [":users"] },
      '--rename-table ":users" cannot be read.',
      "Write it like: --rename-table people:users",
    ],
    [
      { renameTable: ["people:"] },
      '--rename-table "people:" cannot be read.',
      "Write it like: --rename-table people:users",
    ],
    [
      { fill: ["users.full_name"] },
      '--fill "users.full_name" cannot be read.',
      "Write it like: --fill users.age=0",
    ],
    [
      { fill: [".full_name=0"] },
      '--fill ".full_name=0" cannot be read.',
      "Write it like: --fill users.age=0",
    ],
    [{ fill: ["users.=0"] }, '--fill "users.=0" cannot be read.', "Write it like: --fill users.age=0"],
    [
      { cast: ["users.full_name= "] },
      '--cast "users.full_name= " cannot be read.',
      'Write it like: --cast users.age="age::integer"',
    ],
    [
      { renameTable: ["peopel:users"] },
      '--rename-table peopel:users: There is no table "peopel".',
      'Did you mean "people"?',
    ],
    [
      { renameTable: ["people:zebras"] },
      '--rename-table people:zebras: There is no table "zebras".',
      "There are: billing.invoices, users.",
    ],
    [
      { rename: ["billing.invoices.totl:amount"] },
      '--rename billing.invoices.totl:amount: "billing.invoices" has no column "totl".',
      'Did you mean "total"?',
    ],
    [
      { rename: ["billing.invoices.total:x"] },
      '--rename billing.invoices.total:x: "billing.invoices" has no column "x".',
      "There are: amount.",
    ],
    [
      { cast: ["zebras.x=1"] },
      '--cast zebras.x=1: There is no table "zebras".',
      "There are: billing.invoices, users.",
    ],
  ])("that cannot be carried out are told with what can: %j", (typed, message, hint) => {
    expect(collectProblems(typed).map((problem) => [problem.message, problem.hint])).toEqual([
      [message, hint],
    ]);
  });

  test("there may be nothing to name", () => {
    const empty = { before: new Map(), after: new Map() };
    expect(() => readAnswers({ ...nothing, renameTable: ["a:b"] }, empty)).toThrow("There is no table");
    expect(collectProblems({ renameTable: ["a:b"] }, empty)[0]?.hint).toBe("There are: none.");
  });

  test("blanks around names and SQL count for nothing", () => {
    const { renames, fills } = read({ renameTable: [" people : users "], fill: ["users.full_name = '' "] });
    expect(renames.tables).toEqual([{ from: "people", to: "users" }]);
    expect([...fills.values()]).toEqual(["''"]);
  });

  test("every answer that is wrong is told", () => {
    const typed = { rename: ["x", "people.nam:y"], renameTable: ["a:b"], fill: ["users.full_name="] };
    const codes = collectProblems(typed).map(({ code }) => code);
    expect(codes).toEqual([
      "migration.answer.unknown",
      "migration.answer.malformed",
      "migration.answer.unknown",
      "migration.answer.malformed",
    ]);
  });
});

function collectProblems(typed: Partial<TypedAnswers>, schemas = { before, after }): readonly Problem[] {
  try {
    readAnswers({ ...nothing, ...typed }, schemas);
    return [];
  } catch (error) {
    if (!isAshlarError(error)) throw error;
    expect(error.kind).toBe("usage");
    return error.problems;
  }
}
