import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { sortByName } from "./normalize-snapshot.js";
import { parseTable, serializeTable } from "../../src/migrations/serialize.js";
import { isAshlarError } from "../../src/support/problem.js";
import { column, foreignKeyTo, indexOf, tableOf } from "./tables.js";

const notes = tableOf(
  "notes",
  [
    column("user_id", { kind: "uuid" }, { nullable: false }),
    column("price", { kind: "decimal", precision: 8, scale: 2 }, { comment: "In euros" }),
    column("tags", { kind: "array", of: { kind: "enum", values: ["b", "a"] } }),
  ],
  {
    primaryKey: { name: "notes_pkey", columns: ["user_id", "id"] },
    indexes: [indexOf("notes", ["price"]), indexOf("notes", ["id"], true)],
    foreignKeys: [foreignKeyTo("users", "notes", "user_id")],
  },
);

function problemsOf(content: unknown) {
  try {
    parseTable(typeof content === "string" ? content : JSON.stringify(content), "snapshot/notes.json");
  } catch (error) {
    if (isAshlarError(error)) return error.problems;
    throw error;
  }
  return [];
}

describe("the file of a table", () => {
  it("is sorted wherever order means nothing, and keeps the key's and the values' order", () => {
    expect(serializeTable(notes)).toMatchInlineSnapshot(`
      "{
        "columns": {
          "id": {
            "default": {
              "kind": "uuid"
            },
            "nullable": false,
            "type": {
              "kind": "uuid"
            }
          },
          "price": {
            "comment": "In euros",
            "nullable": true,
            "type": {
              "kind": "decimal",
              "precision": 8,
              "scale": 2
            }
          },
          "tags": {
            "nullable": true,
            "type": {
              "kind": "array",
              "of": {
                "kind": "enum",
                "values": ["b", "a"]
              }
            }
          },
          "user_id": {
            "nullable": false,
            "type": {
              "kind": "uuid"
            }
          }
        },
        "foreignKeys": {
          "notes_user_id_fkey": {
            "columns": ["user_id"],
            "onDelete": "cascade",
            "references": {
              "columns": ["id"],
              "table": "users"
            }
          }
        },
        "indexes": {
          "notes_id_index": {
            "columns": ["id"],
            "unique": true
          },
          "notes_price_index": {
            "columns": ["price"],
            "unique": false
          }
        },
        "name": "notes",
        "primaryKey": {
          "columns": ["user_id", "id"],
          "name": "notes_pkey"
        },
        "version": 1
      }
      "
    `);
  });

  it("is left alone by Prettier, be its lists short or long", async () => {
    const values = [
      "a value that is long",
      "another one that is long",
      "the third",
      "and the fourth of them all",
    ];
    const long = tableOf("long", [column("status", { kind: "enum", values })]);
    for (const text of [serializeTable(notes), serializeTable(long)]) {
      expect(await format(text, { parser: "json" })).toBe(text);
    }
  });

  it("does not depend on the order of declaration", () => {
    const turned = {
      ...notes,
      columns: [...notes.columns].reverse(),
      indexes: [...notes.indexes].reverse(),
    };
    expect(serializeTable(turned)).toBe(serializeTable(notes));
  });

  it("is read back as it was, the columns of its key first and the others by name", () => {
    const read = parseTable(serializeTable(notes), "notes.json");
    const [columns, indexes] = [sortByName(notes.columns), sortByName(notes.indexes)];
    expect({ ...read, columns: sortByName(read.columns) }).toEqual({ ...notes, columns, indexes });
    const [first, second, ...others] = read.columns.map(({ name }) => name);
    expect([first, second]).toEqual(["user_id", "id"]);
    expect(others).toEqual(others.toSorted());
  });
});

describe("a file that is none of ours", () => {
  it("is refused where it is no JSON", () => {
    expect(problemsOf("{ <<<<<<< HEAD")).toMatchObject([
      { code: "snapshot.syntax", message: expect.stringMatching(/^"snapshot\/notes\.json" is no JSON: /) },
    ]);
  });

  it("is refused where a newer ashlar wrote it", () => {
    expect(problemsOf({ version: 2 })).toEqual([
      {
        code: "snapshot.version",
        message: `"snapshot/notes.json" has version 2; this ashlar reads up to version 1.`,
        hint: "Update ashlar: npm install ashlar@latest",
      },
    ]);
  });

  it.each([[[]], [null], ["text"], [{}], [{ version: "1" }]])("is refused where it is %j", (content) => {
    expect(problemsOf(JSON.stringify(content))).toMatchObject([{ code: "snapshot.malformed" }]);
  });

  it("is refused with every place that is wrong", () => {
    const content = {
      version: 1,
      name: "notes",
      columns: {
        id: { type: { kind: "uid" }, nullable: false },
        size: { type: { kind: "string", length: "80" }, nullable: "no", default: { kind: "value" } },
        tags: { type: { kind: "array", of: { kind: "enum" } }, nullable: true },
      },
      primaryKey: { name: "notes_pkey", columns: "id" },
      indexes: [],
      foreignKeys: { notes_user_id_fkey: { columns: ["user_id"], references: {}, onDelete: "nilify" } },
    };
    expect(
      problemsOf(content).map(({ message }) => message.replace(` in "snapshot/notes.json"`, "")),
    ).toEqual([
      expect.stringMatching(/^"columns\.id\.type\.kind" is not one of "string", "text", .*"array"\.$/),
      `"columns.size.type.length" is not a number.`,
      `"columns.size.nullable" is not true or false.`,
      `"columns.size.default.value" is not a value.`,
      `"columns.tags.type.of.values" is not a list of texts.`,
      `"primaryKey.columns" is not a list of texts.`,
      `"indexes" is not an object.`,
      `"foreignKeys.notes_user_id_fkey.references.table" is not a name.`,
      `"foreignKeys.notes_user_id_fkey.references.columns" is not a list of texts.`,
      `"foreignKeys.notes_user_id_fkey.onDelete" is not one of "cascade", "restrict", "set null", "no action".`,
    ]);
  });

  it("is read with the byte order mark that an editor put before it", () => {
    expect(parseTable(`\uFEFF${serializeTable(notes)}`, "snapshot/notes.json").name).toBe("notes");
  });

  it("is not mistaken for one that lacks what every object has", () => {
    expect(
      problemsOf({ version: 1, name: "t", columns: {}, indexes: {}, foreignKeys: {}, primaryKey: 5 }),
    ).toHaveLength(2);
  });
});

describe("a file that a merge has left", () => {
  it("is told with the way out", () => {
    const text = serializeTable(notes);
    const inConflict = text
      .replace("{\n", "{\n<<<<<<< HEAD\n")
      .replace(/}\n$/, "=======\n>>>>>>> other\n}\n");
    for (const content of [inConflict, inConflict.replaceAll("\n", "\r\n")]) {
      expect(problemsOf(content)).toEqual([
        {
          code: "snapshot.conflict",
          message: `"snapshot/notes.json" holds the marks of a merge that is not resolved.`,
          hint: expect.stringContaining("npx ashlar check") as string,
        },
      ]);
    }
  });

  it("is no other for the signs in a text", () => {
    const table = { ...notes, comment: "<<<<<<< HEAD", checks: [{ name: "c", sql: "a\n=======\nb" }] };
    expect(problemsOf(serializeTable(table))).toEqual([]);
  });
});

describe("a file with what is not as it has to be", () => {
  it("is told place by place", () => {
    const content: unknown = {
      version: 1,
      name: "t",
      columns: {
        a: { nullable: true, type: { kind: "text", databaseType: 1 }, default: { kind: "identity" } },
      },
      indexes: { i: { columns: [{ expression: "x" }], unique: true, constraint: false } },
      foreignKeys: {},
      checks: { c: {} },
      statements: [{ name: "s", up: "u" }],
    };
    expect(problemsOf(content).map(({ message }) => message)).toEqual([
      `"columns.a.type.databaseType" in "snapshot/notes.json" is not a name.`,
      `"columns.a.default.always" in "snapshot/notes.json" is not true or false.`,
      `"indexes.i.columns[0].sql" in "snapshot/notes.json" is not a name.`,
      `"indexes.i.constraint" in "snapshot/notes.json" is not true.`,
      `"checks.c.sql" in "snapshot/notes.json" is not a name.`,
      `"statements[0].down" in "snapshot/notes.json" is not a name.`,
    ]);
  });
});
