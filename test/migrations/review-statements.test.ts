import { describe, expect, it } from "vitest";
import type { Operation } from "../../src/migrations/operation.js";
import { reviewStatements } from "../../src/migrations/review-statements.js";
import { snapshotOf, tableOf } from "./tables.js";

const count = "create trigger count after insert on posts begin update users set n = n + 1; end";
const view = 'create view billing.totals as select "n", label from people';
const statement = (name: string, up: string) => ({ name, up, down: `drop ${name}` });
const after = snapshotOf(
  tableOf("posts", [], { statements: [statement("count", count), statement("view", view)] }),
);

const renames: Record<string, readonly Operation[]> = {
  column: [{ kind: "renameColumn", table: "users", from: "n", to: "total" }],
  "column of a table under another name": [
    { kind: "renameTable", from: "people", to: "persons" },
    { kind: "renameColumn", table: "persons", from: "n", to: "total" },
  ],
  table: [{ kind: "renameTable", from: "users", to: "persons" }],
};

function review(operations: readonly Operation[]): readonly string[] {
  return reviewStatements(operations, after).map(({ message }) => message);
}

describe("the review of custom statements", () => {
  it.each([
    ["column", ['The statement "count" of "posts" still says "n", which is called "total" from then on.']],
    [
      "column of a table under another name",
      [
        'The statement "view" of "posts" still says "people", which is called "persons" from then on.',
        'The statement "view" of "posts" still says "n", which is called "total" from then on.',
      ],
    ],
    [
      "table",
      ['The statement "count" of "posts" still says "users", which is called "persons" from then on.'],
    ],
  ])("warns of those that say a lost name: of a %s", (change, expected) => {
    expect(review(renames[change] ?? [])).toEqual(expected);
  });

  it("says nothing of those that name neither, and of a table that moves to another schema", () => {
    expect(
      review([
        { kind: "renameColumn", table: "tasks", from: "n", to: "total" },
        { kind: "renameColumn", table: "users", from: "email", to: "mail" },
        { kind: "renameTable", from: "users", to: "core.users" },
      ]),
    ).toEqual([]);
  });
});
