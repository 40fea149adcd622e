import { describe, expect, test } from "vitest";
import { listUntold, type DeclaredTables } from "../../../src/generator/from-database/adopt-tables.js";
import type { UnmanagedPart } from "../../../src/generator/from-database/existing-schema.js";
import { parseTable } from "../../../src/migrations/serialize.js";
import type { TableSnapshot } from "../../../src/migrations/snapshot.js";
import { createMemoryTree } from "../../../src/testing/memory-tree.js";
import { emptyProject } from "../../../src/testing/projects.js";
import { importTables, toSnapshot, type ImportOptions } from "./import-project.js";
import { integer, table, unique } from "./tables.js";

const live = table("users", ["age"], { indexes: [unique("people_age_key", ["age"])] });
const declared = table("users", [integer("age", true)]);
const path = "migrations/snapshot/users.json";

const files = {
  ...emptyProject,
  "src/accounts/accounts.ts": `import { domain } from "ashlar";
import { User } from "./user.js";

export const Accounts = domain("Accounts", { resources: [User] });
`,
  "src/accounts/user.ts": `import { integer, integerPrimaryKey, resource } from "ashlar";

export class User extends resource({
  table: "users",
  attributes: { id: integerPrimaryKey(), age: integer().required() },
}) {}
`,
};

function say(...tables: readonly TableSnapshot[]): DeclaredTables {
  return { declared: toSnapshot(tables), built: toSnapshot(tables) };
}

function adopt(options: ImportOptions = {}) {
  return importTables([live], { files, said: say(declared), ...options });
}

describe("a table that has a resource and no snapshot", () => {
  test("gets the snapshot of what the database has, and its resource stays", async () => {
    const { plan, files: written } = await adopt();
    expect(parseTable(written[path] ?? "", path)).toEqual({
      ...live,
      columns: [integer("id", true), integer("age")],
    });
    expect(written["src/accounts/user.ts"]).toBe(files["src/accounts/user.ts"]);
    expect(plan.title).toBe("1 table of the database");
    expect(plan.notices[0]).toMatchObject({
      code: "resource.kept",
      message:
        "1 table has a resource already, which was left as it is. 1 table had no snapshot and gets one: what the database has now.",
    });
  });

  test("is in the baseline, where no migration by hand may make it", async () => {
    const { files: written } = await adopt();
    expect(written["migrations/20260101000000_baseline.ts"]).toContain('export const baseline = ["users"];');
    const byHand = { ...files, "migrations/20250101000000_users.ts": "export async function up() {}\n" };
    const { files: beside, plan } = await adopt({ files: byHand });
    expect(Object.keys(beside)).not.toContain("migrations/20260101000000_baseline.ts");
    expect(plan.next).toEqual(["npx ashlar gen migrations --check"]);
  });

  test("is left alone the second time", async () => {
    const { files: written } = await adopt();
    const { plan } = await adopt({ files: written });
    expect(plan.changes.map(({ kind }) => kind)).toEqual(["skip"]);
    expect(plan.next).toEqual([]);
  });

  test.each<[string, ImportOptions]>([
    ["another table is asked for", { request: { tables: ["tasks"] } }],
    ["it is passed over", { request: { skipTables: ["users"] } }],
    ["no domain lists its resource, or migrations leave it alone", { said: say() }],
  ])("gets none where %s", async (_, options) => {
    const { files: written } = await importTables([live, table("tasks")], {
      files,
      said: say(declared),
      ...options,
    });
    expect(Object.keys(written)).not.toContain(path);
  });

  test("keeps a trigger that its resource does not say, which is told", async () => {
    const trigger: UnmanagedPart = {
      ...{ table: "users", kind: "trigger", name: "users_touch", why: "The trigger stays." },
      ...{ sql: "create trigger users_touch", down: "drop trigger users_touch" },
    };
    const { plan, files: written } = await adopt({ schema: { parts: [trigger] } });
    expect(plan.notices).toContainEqual(
      expect.objectContaining({ code: "table.part.left", message: "The trigger stays." }),
    );
    expect(written[path]).not.toContain("statements");
  });

  test("says why texts of SQL are compared as they are written", async () => {
    const { plan } = await adopt({
      said: { ...say(declared), obstacle: "There is no database to try it on." },
    });
    expect(plan.notices).toContainEqual(expect.objectContaining({ code: "snapshot.texts" }));
  });
});

test("only tables with a resource and without a snapshot need the resources to be run", async () => {
  const schema = {
    snapshot: toSnapshot([live, table("tasks")]),
    loose: [],
    prerequisites: [],
    unmanaged: [],
    parts: [],
    notices: [],
  };
  const list = (project: Readonly<Record<string, string>>) => {
    const settings = {
      source: "src",
      migrations: "migrations",
      attributeCase: "camelCase",
      fileCase: "kebab-case",
    } as const;
    const tree = createMemoryTree(new Map(Object.entries(project)));
    return listUntold(schema, {
      files: tree,
      settings: { ...settings, importExtension: ".js", paths: {}, database: "pglite" },
    });
  };
  expect(list(files)).toEqual(["users"]);
  expect(list({ ...files, [path]: "{}" })).toEqual([]);
  expect(list(emptyProject)).toEqual([]);
});
