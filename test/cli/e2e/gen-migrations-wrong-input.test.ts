import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { MigrationsProject } from "./migrations-project.js";

const task = "src/works/task.ts";

/** `Task` with these attributes, and these options beside them. */
function writeTask(attributes: string, more = "", table = "tasks"): string {
  return `import { integer, resource, string, uuidPrimaryKey } from "ashlar";

export class Task extends resource({
  table: "${table}",
  attributes: { id: uuidPrimaryKey(), title: string().required()${attributes} },
  ${more}
}) {
  get shout() {
    return this.title.toUpperCase();
  }
}
void [integer, string];
`;
}

const long = "a_name_that_is_longer_than_any_database_takes_without_cutting_it_off";

describe("what a resource has that no migration can be made of is told, and nothing is written:", () => {
  test.each<[what: string, source: string, code: string, told: readonly string[]]>([
    [
      "a module that throws",
      `const url: string | undefined = undefined;\nif (url === undefined)\n  throw new TypeError("no url");\nexport class Task {}\n`,
      "project.module.failed",
      ["no url", "src/works/task.ts:3", "> 3 |"],
    ],
    [
      "another resource's table, with another primary key",
      writeTask(", number: integer().primaryKey()", "", "users"),
      "resource.table.duplicate",
      ['"users" belongs to User and Task, which disagree on the primary key'],
    ],
    [
      "a name that something else has",
      writeTask("", "", "users_unique_email_index"),
      "table.name.taken",
      ['"users_unique_email_index" would be the name of'],
    ],
    [
      "a statement without a way back",
      writeTask("", `statements: { touch: { up: "create view a as select 1", down: "" } },`),
      "statement.down.missing",
      ['"touch"'],
    ],
    [
      "an identity over a value that is worked out in the program",
      writeTask("", `identities: { loud: ["shout" as "title"] },`),
      "identity.attribute.unknown",
      ['"loud"', '"shout"'],
    ],
    [
      "a name of its own that databases would cut",
      writeTask("", `indexes: { byTitle: { on: ["title"], indexName: "${long}" } },`),
      "constraint.name.long",
      [long, "63"],
    ],
  ])("%s", async (_, source, code, told) => {
    const project = new MigrationsProject("sqlite", { [task]: source });
    const before = project.readMigrations();
    const { exitCode, stderr, stdout } = await project.run("gen migrations");
    expect({ exitCode, stdout }, stderr).toEqual({ exitCode: 1, stdout: "" });
    const words = stderr.replaceAll(/\s+/g, " ");
    for (const text of [code, ...told]) expect(words).toContain(text);
    expect(stderr).not.toMatch(/^\s+at .*(?:ashlar|dist|node:)/m);
    expect(project.readMigrations()).toEqual(before);
  });
});

test("names that are made and too long are shortened, and the same the next time", async () => {
  const index = `indexes: { ${"by" + "Title".repeat(15)}: { on: ["title", "note"] } },`;
  const project = new MigrationsProject("pglite", {
    [task]: writeTask(", note: string()", index, "tasks_of_all_of_the_people_who_work_here"),
  });
  await project.do("gen migrations --allow-drop tasks --not-renamed tasks");
  const snapshot = project.read("migrations/snapshot/tasks_of_all_of_the_people_who_work_here.json");
  const name = /"(tasks_\w+_[0-9a-f]{8}_index)"/.exec(snapshot)?.[1] ?? "";
  expect(name).toHaveLength(63);
  expect((await project.run("gen migrations --check")).exitCode).toBe(0);
});

test("an identity over a value that the database works out is a key like another", async () => {
  const project = new MigrationsProject("sqlite", {
    [task]: writeTask(
      `, done: integer(), slug: string().generatedAs("lower(title)")`,
      `identities: { bySlug: ["slug"] },`,
    ),
  });
  await project.do("gen migrations --allow-drop all --cast tasks.done=0");
  expect(project.read("migrations/snapshot/tasks.json")).toContain("tasks_by_slug_index");
  expect((await project.run("gen migrations --check")).exitCode).toBe(0);
});

test("a table that the database already has is named with the line that makes it", async () => {
  const project = new MigrationsProject("sqlite", { [task]: writeTask("", "", "task_list") });
  await project.do("gen migrations --allow-drop tasks --not-renamed tasks --name first");
  project.write("migrations/0_by_hand.ts", byHand);
  const { exitCode, stderr } = await project.run("migrate");
  expect(exitCode).toBe(1);
  expect(stderr).toContain("migration.table.exists");
  expect(stderr.replaceAll(/\s+/g, " ")).toMatch(/task_list.* already exists.*_first\.ts:\d+/);
});

test("a table is not made again because its snapshot is gone", async () => {
  const project = new MigrationsProject("sqlite", { [task]: writeTask("", "", "task_list") });
  await project.do("gen migrations --allow-drop tasks --not-renamed tasks --name first --no-proof");
  rmSync(join(project.root, "migrations/snapshot/task_list.json"));
  const before = project.readMigrations();
  for (const words of ["gen migrations --yes", "gen migrations --check"]) {
    const { exitCode, stderr } = await project.run(words);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /"migrations\/snapshot\/task_list\.json" is not there[^]*check\.snapshot\.missing/,
    );
    expect(stderr).toContain("git checkout HEAD -- migrations/snapshot/task_list.json");
  }
  expect(project.readMigrations()).toEqual(before);
});

const byHand = `import type { Knex } from "knex";
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable("task_list", (table) => table.increments());
  await knex.schema.createTable("tasks", (table) => table.increments());
}
export async function down(): Promise<void> {}
`;
