import knex from "knex";
import { describe, expect, it } from "vitest";
import { createRepo, domain, isAshlarError, resource, string } from "../../src/runtime/index.js";
import { Accounts, Works } from "../types/fixtures/recipe.js";

const connection = knex({ client: "pg" });

describe("createRepo", () => {
  it("keeps the connection and the domains", () => {
    const repo = createRepo(connection, { domains: [Accounts, Works] });
    expect(repo.knex).toBe(connection);
    expect(repo.domains).toEqual([Accounts, Works]);
    expect(Object.isFrozen(repo) && Object.isFrozen(repo.domains)).toBe(true);
  });

  it("refuses definitions that cannot work, telling everything together", () => {
    class Thing extends resource({
      table: "tasks",
      attributes: { userId: string(), user_id: string() },
    }) {}
    const other = domain("Other", { resources: [Thing] });
    expect(readFailure(() => createRepo(connection, { domains: [Accounts, Works, other] }))).toEqual([
      "failure",
      "resource.table.duplicate",
      "resource.primary_key.missing",
      "attribute.column.duplicate",
    ]);
  });

  it("gives every problem a hint and a sentence", () => {
    class Thing extends resource({ table: "tasks", attributes: { name: string() } }) {}
    const other = domain("Other", { resources: [Thing] });
    expect(() => createRepo(connection, { domains: [Works, other] })).toThrow(
      `The table "tasks" belongs to Task and Thing, which disagree on the primary key. Say the same in both, or give each resource its own table.\n` +
        `"Thing" has no primary key. Add id: uuidPrimaryKey() to its attributes, or .primaryKey() to one that is there.`,
    );
  });
});

function readFailure(create: () => unknown): string[] {
  try {
    create();
  } catch (error) {
    if (isAshlarError(error)) return [error.kind, ...error.problems.map(({ code }) => code)];
    throw error;
  }
  return [];
}
