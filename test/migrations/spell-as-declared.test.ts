import { describe, expect, test } from "vitest";
import { diffSnapshots } from "../../src/migrations/diff.js";
import { spellAsDeclared } from "../../src/migrations/spell-as-declared.js";
import type { TableSnapshot } from "../../src/migrations/snapshot.js";
import { column, indexOf, snapshotOf, tableOf } from "./tables.js";

const age = column("age", { kind: "integer" });
const check = (sql: string) => ({ checks: [{ name: "users_age_check", sql }] });
const partial = (where: string) => ({ indexes: [{ ...indexOf("users", ["age"], true), where }] });
const touch = { name: "touch", up: "create trigger users_touch …", down: "drop trigger users_touch" };

interface Case {
  readonly live: TableSnapshot;
  readonly declared: TableSnapshot;
  readonly built?: TableSnapshot;
  readonly database?: "postgres" | "sqlite";
  readonly parts?: readonly string[];
}

function listChanges({ live, declared, built = declared, database = "postgres", parts = [] }: Case) {
  const table = spellAsDeclared({ table: "users", live, declared, built, database, parts });
  return diffSnapshots(snapshotOf(table), snapshotOf(declared)).map(({ kind }) => kind);
}

describe("a table in the words of its resource", () => {
  test.each<[string, Case]>([
    [
      "SQL that the database writes its own way",
      {
        live: tableOf("users", [age], { ...check("(age > 0)"), ...partial("(age IS NOT NULL)") }),
        declared: tableOf("users", [age], { ...check('"age" > 0.'), ...partial("not age is null") }),
        built: tableOf("users", [age], { ...check("(age > 0)"), ...partial("(age IS NOT NULL)") }),
      },
    ],
    [
      "comments, which SQLite does not keep",
      {
        live: tableOf("users", [age]),
        declared: tableOf("users", [{ ...age, comment: "In years." }], { comment: "People." }),
        database: "sqlite",
      },
    ],
    [
      "a check that is read back as the words of an enum",
      {
        live: tableOf("users", [column("role", { kind: "enum", values: ["a", "b"] })]),
        declared: tableOf("users", [column("role")], {
          checks: [{ name: "users_role_check", sql: "role in ('a', 'b')" }],
        }),
        built: tableOf("users", [column("role", { kind: "enum", values: ["a", "b"] })]),
      },
    ],
    [
      "a statement whose trigger is there",
      {
        live: tableOf("users"),
        declared: tableOf("users", [], { statements: [touch] }),
        parts: ["users_touch"],
      },
    ],
  ])("has no change for %s", (_, given) => {
    expect(listChanges(given)).toEqual([]);
  });

  test.each<[string, Case, readonly string[]]>([
    [
      "another condition",
      {
        live: tableOf("users", [age], check("(age > 1)")),
        declared: tableOf("users", [age], check("age > 0")),
      },
      ["dropCheck", "addCheck"],
    ],
    [
      "a column that is required in one of them",
      { live: tableOf("users", [age]), declared: tableOf("users", [{ ...age, nullable: false }]) },
      ["alterColumn"],
    ],
    [
      "what only one of them has",
      {
        live: tableOf("users", [age, column("nickname")], { indexes: [indexOf("users", ["nickname"])] }),
        declared: tableOf("users", [age], { indexes: [indexOf("users", ["age"])], comment: "People." }),
      },
      ["commentTable", "dropIndex", "dropColumn", "addIndex"],
    ],
    [
      "another key",
      {
        live: tableOf("users", [age], { primaryKey: { name: "people_pkey", columns: ["id"] } }),
        declared: tableOf("users", [age]),
      },
      ["renameConstraint"],
    ],
    [
      "a statement whose trigger is not there",
      { live: tableOf("users"), declared: tableOf("users", [], { statements: [touch] }), parts: ["touch"] },
      ["addStatement"],
    ],
  ])("has the change for %s", (_, given, kinds) => {
    expect(listChanges(given)).toEqual(kinds);
  });
});
