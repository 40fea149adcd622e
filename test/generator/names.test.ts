import { describe, expect, test } from "vitest";
import {
  findClassNameProblem,
  findMemberNameProblem,
  findMigrationNameProblem,
  findSpellingProblem,
  findSqlNameProblem,
} from "../../src/generator/names.js";

describe("a name", () => {
  test.each(["a", "User", "user_task", "line2", "x_", "A1_b", "x".repeat(63)])("may be %s", (name) => {
    expect(findSpellingProblem("attribute", name)).toBeUndefined();
  });

  test.each([
    ["", "has no name"],
    ["1st", 'name "1st" starts with a digit'],
    ["_x", 'name "_x" holds more than letters, digits and underscores'],
    ["user-task", "holds more than"],
    ["../x", "holds more than"],
    ["é", "holds more than"],
    ["a b", "holds more than"],
    ["a\n", "holds more than"],
    ["x".repeat(64), "has 64 characters; databases take 63"],
  ])("may not be %j: it %s", (name, message) => {
    expect(findSpellingProblem("attribute", name)).toMatchObject({
      code: "attribute.name.invalid",
      message: expect.stringContaining(message),
      hint: expect.any(String),
    });
  });

  test("is called by what it names, and the example is of its kind", () => {
    expect(findSpellingProblem("resource", "a-b")).toMatchObject({
      code: "resource.name.invalid",
      hint: "Spell it like UserTask.",
    });
    expect(findSpellingProblem("table", "a-b")).toMatchObject({
      code: "table.name.invalid",
      hint: "Spell it like user_tasks.",
    });
  });
});

describe("the name of a class", () => {
  test.each(["class", "default", "await", "string"])("may not be the reserved word %s", (name) => {
    expect(findClassNameProblem("resource", name)).toMatchObject({ code: "resource.name.reserved" });
  });

  test.each(["Map", "map", "date", "Uint8Array"])(
    "may not hide JavaScript's own, by whatever case: %s",
    (name) => {
      expect(findClassNameProblem("resource", name)?.message).toContain("would hide JavaScript's own");
    },
  );

  test.each(["Order", "user", "Select", "Task"])("may be %s", (name) => {
    expect(findClassNameProblem("resource", name)).toBeUndefined();
  });
});

describe("the name of an attribute or a relationship", () => {
  test.each(["then", "constructor", "toString", "hasOwnProperty"])(
    "may not be a member that every record has: %s",
    (name) => {
      expect(findMemberNameProblem("relationship", name)).toMatchObject({
        code: "relationship.name.reserved",
      });
    },
  );

  test.each(["class", "default", "name", "length"])("may be %s, which harms no member", (name) => {
    expect(findMemberNameProblem("attribute", name)).toBeUndefined();
  });
});

describe("the name of a table or a column", () => {
  test.each(["user", "ORDER", "select"])("may not be reserved in SQL: %s", (name) => {
    expect(findSqlNameProblem("table", name, "Choose another.")).toEqual({
      code: "table.name.reserved",
      message: `The table name "${name}" is a reserved word of SQL.`,
      hint: "Choose another.",
    });
  });

  test.each(["users", "name", "value"])("may be %s", (name) => {
    expect(findSqlNameProblem("column", name, "")).toBeUndefined();
  });
});

describe("the name of a migration", () => {
  test.each(["create_users", "Create the users", "add-age"])("may be written like %s", (name) => {
    expect(findMigrationNameProblem(name)).toBeUndefined();
  });

  test.each(["", "../..", "é"])("needs a letter or a digit: %j", (name) => {
    expect(findMigrationNameProblem(name)?.message).toContain("holds no letter and no digit");
  });

  test("is no longer than a file's name can be", () => {
    expect(findMigrationNameProblem("x".repeat(100))).toBeUndefined();
    expect(findMigrationNameProblem("x".repeat(101))).toMatchObject({ code: "migration.name.invalid" });
  });
});
