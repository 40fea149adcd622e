import { describe, expect, test } from "vitest";
import { integer } from "../from-database/tables.js";
import { serializeTable } from "../../../src/migrations/serialize.js";
import type { TableSnapshot } from "../../../src/migrations/snapshot.js";
import { testProject } from "../../../src/testing/index.js";

const people = renderResource('schema: "crm", table: "people", attributes: { id: integer().primaryKey() }');

function renderResource(options: string): string {
  return `import { integer, resource } from "ashlar";\n\nexport class User extends resource({ ${options} }) {}\n`;
}

/** The example, its users as the text and the snapshot tell them. */
function projectOf(text: string, path: string, table: TableSnapshot) {
  return testProject({
    example: true,
    files: {
      "src/accounts/user.ts": text,
      "migrations/snapshot/users.json": undefined,
      [path]: serializeTable(table),
    },
  });
}

function read(created: Readonly<Record<string, string>>, pattern: RegExp): string {
  return Object.entries(created)
    .filter(([path]) => pattern.test(path))
    .map(([, text]) => text)
    .join("\n");
}

const migration = /^migrations\/\d+_.*\.ts$/;

describe("a resource in another schema", () => {
  const project = () =>
    projectOf(people, "migrations/snapshot/crm.people.json", {
      ...{ schema: "crm", name: "people", columns: [integer("id", true)] },
      ...{ primaryKey: { name: "people_pkey", columns: ["id"] }, indexes: [], foreignKeys: [] },
    });

  test("is referred to where it is", async () => {
    const { created } = await project().run("gen resource Works Note --attributes user_id:integer");
    expect(read(created, migration)).toContain('.inTable("crm.people")');
    expect(read(created, /snapshot\/notes/)).toContain('"table": "crm.people"');
  });

  test("is extended where it is", async () => {
    const { created, patched } = await project().run("gen resource Accounts User --attributes phone:string");
    expect(read(created, migration)).toContain('withSchema("crm").alterTable("people"');
    expect(Object.keys(patched)).toContain("migrations/snapshot/crm.people.json");
  });
});

test("a table without a primary key is extended without one", async () => {
  const text = renderResource(
    'table: "people", primaryKeyConstraint: false, attributes: { id: integer().primaryKey() }',
  );
  const project = projectOf(text, "migrations/snapshot/people.json", {
    ...{ name: "people", columns: [integer("id", true)], indexes: [], foreignKeys: [] },
  });
  const { created } = await project.run("gen resource Accounts User --attributes phone:string");
  expect(read(created, migration)).toContain("phone");
  expect(read(created, migration)).not.toContain("primary");
});
