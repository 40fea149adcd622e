import { describe, expect, it } from "vitest";
import { hashMigration } from "../../src/migrations/file-hash.js";

const text = `import type { Knex } from "knex";

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable("users", (table) => {
    table.string('name').notNullable();
  });
  await knex.raw("select 'it''s', ? , \\"x y\\"", [1]);
}
`;

describe("the hash of a migration", () => {
  it.each([
    ["its line ends", text.replaceAll("\n", "\r\n")],
    ["a mark of its encoding", `\uFEFF${text}`],
    ["its indentation", text.replaceAll("  ", "\t")],
    ["semicolons", text.replaceAll(";\n", "\n")],
    ["the kind of its quotes", text.replace("'name'", '"name"').replace('"users"', "'users'")],
    ["the brackets of a parameter", text.replace("(table) =>", "table =>")],
    [
      "a call on lines of its own",
      text.replace(
        /knex\.raw\(.*\);/,
        `knex.raw(\n    "select 'it''s', ? , \\"x y\\"",\n    [\n      1,\n    ],\n  );`,
      ),
    ],
    ["a comment", text.replace("await", "// Makes the table.\n  /* at last */ await")],
  ])("stays when %s changes", (_what, formatted) => {
    expect(formatted).not.toBe(text);
    expect(hashMigration("1.ts", formatted)).toBe(hashMigration("1.ts", text));
  });

  it.each([
    ["a name", text.replace("users", "people")],
    ["a call", text.replace(".notNullable()", "")],
    ["a space within quotes", text.replace("select 'it", "select  'it")],
    ["a number", text.replace("[1]", "[2]")],
    ["what stands in a template", text.replace("'name'", "`the // name`")],
  ])("changes with %s", (_what, edited) => {
    expect(edited).not.toBe(text);
    expect(hashMigration("1.ts", edited)).not.toBe(hashMigration("1.ts", text));
  });

  it("tells templates apart by what looks like a comment in them", () => {
    expect(hashMigration("1.ts", "f(`a // b`)")).not.toBe(hashMigration("1.ts", "f(`a // c`)"));
  });

  it("takes another language to the letter, but for its line ends", () => {
    expect(hashMigration("1.coffee", "f\n  1")).not.toBe(hashMigration("1.coffee", "f\n1"));
    expect(hashMigration("1.coffee", "f\r\n  1")).toBe(hashMigration("1.coffee", "f\n  1"));
  });
});
