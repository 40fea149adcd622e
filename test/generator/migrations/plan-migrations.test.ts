import { describe, expect, test } from "vitest";
import { readHistories } from "../../../src/generator/history-store.js";
import { findDevelopmentRun } from "../../../src/generator/migrations/development.js";
import {
  decideMigration,
  planMigrations,
  readSchemas,
  type MigrationsPlan,
} from "../../../src/generator/migrations/plan-migrations.js";
import { hasChanges, isDeletion, isWrite } from "../../../src/generator/plan.js";
import type { GeneratorContext } from "../../../src/generator/context.js";
import { findSnapshotPath, readSnapshots } from "../../../src/generator/snapshot-store.js";
import { type MigrationAnswers, noAnswers } from "../../../src/migrations/plan-migration.js";
import { noRenames } from "../../../src/migrations/renames.js";
import { serializeTable } from "../../../src/migrations/serialize.js";
import type { ColumnSnapshot, Snapshot, TableSnapshot } from "../../../src/migrations/snapshot.js";
import { createMemoryTree } from "../../../src/testing/memory-tree.js";
import { createTemplateSource } from "../../../src/host/templates.js";

const now = new Date("2026-11-22T19:00:00Z");
const note: ColumnSnapshot = { name: "note", type: { kind: "text" }, nullable: true };

function nameColumn(name: string): ColumnSnapshot {
  return { ...note, name };
}

function buildTable(name: string, columns: readonly ColumnSnapshot[] = []): TableSnapshot {
  const id: ColumnSnapshot = {
    name: "id",
    type: { kind: "uuid" },
    nullable: false,
    default: { kind: "uuid" },
  };
  const primaryKey = { name: `${name}_pkey`, columns: ["id"] };
  return { name, columns: [id, ...columns], primaryKey, indexes: [], foreignKeys: [] };
}

/** A project in memory that the plans of a test are written to. */
class MemoryProject {
  readonly files = new Map<string, string>();

  constructor(tables: readonly TableSnapshot[] = []) {
    for (const table of tables)
      this.files.set(findSnapshotPath("migrations", table.name), serializeTable(table));
  }

  get context(): GeneratorContext {
    return {
      files: createMemoryTree(this.files),
      settings: {
        ...{ source: "src", migrations: "migrations", attributeCase: "camelCase", fileCase: "kebab-case" },
        ...{ importExtension: ".js", paths: {}, database: "pglite" },
      },
      templates: createTemplateSource(),
      formatter: {
        formatNew: async (_path, text) => text,
        formatPatched: async (_path, _before, after) => after,
      },
      now,
    };
  }

  async plan(after: Snapshot, request: PlanRequest = {}): Promise<MigrationsPlan> {
    const { context } = this;
    const folded = request.fold === true ? findDevelopmentRun(context) : undefined;
    const schemas = readSchemas(context, { snapshot: after, renames: noRenames }, folded);
    const migration = decideMigration(schemas, { ...noAnswers, ...request.answers }, context);
    const { name, dev = false } = request;
    return planMigrations(
      { dev, lockSafe: true, ...(name !== undefined && { name }) },
      { migration, schemas },
      context,
    );
  }

  async write(after: Snapshot, request: PlanRequest = {}): Promise<readonly string[]> {
    const { plan } = await this.plan(after, request);
    for (const change of plan.changes) {
      if (isWrite(change)) this.files.set(change.path, change.after);
      if (isDeletion(change)) this.files.delete(change.path);
    }
    return plan.changes.map(({ kind, path }) => `${kind} ${path}`);
  }
}

interface PlanRequest {
  readonly name?: string;
  readonly dev?: boolean;
  readonly fold?: boolean;
  readonly answers?: Partial<MigrationAnswers>;
}

function schemaOf(...tables: readonly TableSnapshot[]): Snapshot {
  return new Map(tables.map((table) => [table.name, table]));
}

describe("the plan of a project's migration", () => {
  test("holds the migration, the snapshot of the table that changed and the history, and no other file", async () => {
    const project = new MemoryProject([buildTable("tasks"), buildTable("users")]);
    expect(await project.write(schemaOf(buildTable("tasks"), buildTable("users", [note])))).toEqual([
      "create migrations/20261122190000_add_note_to_users.ts",
      "patch migrations/snapshot/users.json",
      "create migrations/snapshot/history/20261122190000_add_note_to_users.json",
    ]);
  });

  test("holds nothing when it is made again", async () => {
    const project = new MemoryProject();
    const after = schemaOf(buildTable("users", [note]));
    await project.write(after);
    const { plan, files } = await project.plan(after);
    expect(hasChanges(plan)).toBe(false);
    expect(files).toEqual([]);
  });

  test("deletes the snapshot of a table that may go, and keeps that of one that may not", async () => {
    const project = new MemoryProject([buildTable("users")]);
    expect((await project.plan(schemaOf())).plan.changes).toEqual([]);
    expect(await project.write(schemaOf(), { answers: { allowed: ["users"] } })).toContain(
      "delete migrations/snapshot/users.json",
    );
  });

  test("says in the history what each table was and became", async () => {
    const project = new MemoryProject([buildTable("users")]);
    await project.write(schemaOf(buildTable("users", [note]), buildTable("tags")), { name: "both" });
    const [history] = readHistories(createMemoryTree(project.files), "migrations");
    expect(history?.migration).toBe("20261122190000_both");
    expect([...(history?.before ?? [])].map(([key, table]) => [key, table?.columns.length ?? null])).toEqual([
      ["tags", null],
      ["users", 1],
    ]);
    expect([...(history?.after.keys() ?? [])]).toEqual(["tags", "users"]);
    expect([...(history?.files?.keys() ?? [])]).toEqual(["20261122190000_both.ts"]);
  });

  test("gives several files increasing times", async () => {
    const project = new MemoryProject([buildTable("users", [note])]);
    const index = { name: "users_note_index", columns: ["note"], unique: false };
    const tag: ColumnSnapshot = { ...note, name: "tag" };
    const after = { ...buildTable("users", [note, tag]), indexes: [index] };
    const { files } = await project.plan(schemaOf(after), { name: "index_notes" });
    const names = files.map(({ name }) => name);
    expect(names.length).toBeGreaterThan(1);
    expect(names).toEqual([...names].sort());
    expect(new Set(names.map((name) => name.slice(0, 14))).size).toBe(names.length);
  });

  test("calls a table with a key of references a join table's", async () => {
    const column = (name: string): ColumnSnapshot => ({ name, type: { kind: "uuid" }, nullable: false });
    const refer = (name: string, table: string) => ({
      ...{ name: `user_tasks_${name}_fkey`, columns: [name], onDelete: "cascade" as const },
      references: { table, columns: ["id"] },
    });
    const join: TableSnapshot = {
      ...{ name: "user_tasks", columns: [column("user_id"), column("task_id")], indexes: [] },
      primaryKey: { name: "user_tasks_pkey", columns: ["user_id", "task_id"] },
      foreignKeys: [refer("user_id", "users"), refer("task_id", "tasks")],
    };
    const project = new MemoryProject([buildTable("tasks"), buildTable("users")]);
    const { files } = await project.plan(schemaOf(buildTable("tasks"), buildTable("users"), join));
    expect(files.map(({ name }) => name)).toEqual(["20261122190000_create_user_tasks_join_table.ts"]);
  });

  test("refuses a name without a letter", async () => {
    const project = new MemoryProject();
    await expect(project.plan(schemaOf(buildTable("users")), { name: "!" })).rejects.toMatchObject({
      code: "migration.name.invalid",
    });
  });
});

describe("development migrations", () => {
  test("are folded into one that starts where they started", async () => {
    const project = new MemoryProject([buildTable("users")]);
    await project.write(schemaOf(buildTable("users", [note])), { dev: true });
    await project.write(schemaOf(buildTable("users", [note]), buildTable("tags")), { dev: true });
    const final = schemaOf(buildTable("users"), buildTable("tags", [note]));
    await project.write(final, { fold: true, name: "tags" });
    expect([...project.files.keys()].filter((path) => !/snapshot\/\w+\.json/.test(path)).sort()).toEqual([
      "migrations/20261122190000_tags.ts",
      "migrations/snapshot/history/20261122190000_tags.json",
    ]);
    expect(project.files.get("migrations/20261122190000_tags.ts")).not.toContain("users");
    expect(hasChanges((await project.plan(final)).plan)).toBe(false);
  });

  test("are folded with what they were told: renames that follow each other, and what was dropped", async () => {
    const [remark, comment, tag] = [nameColumn("remark"), nameColumn("comment"), nameColumn("tag")];
    const rename = (table: string, from: string, to: string): Partial<MigrationAnswers> => ({
      renames: { tables: [], columns: [{ table, from, to }] },
    });
    const project = new MemoryProject([buildTable("users", [note, tag])]);
    await project.write(schemaOf(buildTable("users", [remark, tag])), {
      ...{ dev: true, answers: rename("users", "note", "remark") },
    });
    const people = { renames: { tables: [{ from: "users", to: "people" }], columns: [] } };
    const keyed = { ...buildTable("users", [remark, tag]), name: "people" };
    await project.write(schemaOf(keyed), { dev: true, answers: people });
    const final = schemaOf({ ...keyed, columns: buildTable("users", [comment]).columns });
    const allowed = { dropped: ["people.tag"], allowed: ["people.tag"] };
    await project.write(final, {
      dev: true,
      answers: { ...rename("people", "remark", "comment"), ...allowed },
    });
    const { files, plan } = await project.plan(final, { fold: true, name: "people" });
    expect(plan.notices.filter(({ code }) => code === "migration.step.withheld")).toEqual([]);
    expect(files.flatMap(({ operations }) => operations).map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(["renameTable", "renameColumn", "dropColumn"]),
    );
  });

  test("that come to nothing leave nothing", async () => {
    const project = new MemoryProject([buildTable("users")]);
    const start = new Map(project.files);
    await project.write(schemaOf(buildTable("users", [note])), { dev: true });
    await project.write(schemaOf(buildTable("users")), { fold: true });
    expect(project.files).toEqual(start);
  });

  test("before another migration are not folded", async () => {
    const project = new MemoryProject([buildTable("users")]);
    await project.write(schemaOf(buildTable("users", [note])), { dev: true });
    await project.write(schemaOf(buildTable("users", [note]), buildTable("tags")), { name: "tags" });
    expect(() => findDevelopmentRun(project.context)).toThrow(/came after the development migration/);
  });
});

describe("snapshot files", () => {
  test.each([
    ["users", "users.json"],
    ["billing.invoices", "billing.invoices.json"],
    ["my table", "my%20table.json"],
    ['"a.b"', "%22a.b%22.json"],
    ["größe", "gr%C3%B6%C3%9Fe.json"],
    ["a/../b", "a%2F..%2Fb.json"],
  ])("of %s is %s", (key, file) => {
    expect(findSnapshotPath("migrations", key)).toBe(`migrations/snapshot/${file}`);
  });

  test("are all read, histories left out, and every broken one is told", () => {
    const project = new MemoryProject([buildTable("users")]);
    project.files.set("migrations/snapshot/history/x.json", "{}");
    expect([...readSnapshots(project.context).keys()]).toEqual(["users"]);
    project.files.set("migrations/snapshot/a.json", "{");
    project.files.set("migrations/snapshot/b.json", serializeTable(buildTable("c")));
    expect(() => readSnapshots(project.context)).toThrow(
      /a\.json[\s\S]*belongs in "migrations\/snapshot\/c\.json"/,
    );
  });
});
