/**
 * The recipe as a user lives it, in a project made by `ashlar new --example` with ashlar as it is published: each
 * block is one story on one project, a test a step of it.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { COMPILERS } from "../../bench/types/type-project.js";
import { createDiskTree } from "../../src/host/disk-tree.js";
import { databaseKinds } from "../databases/engines.js";
import type { FoundTable } from "../migrations/found-schema.js";
import { openProjectDatabase, type ProjectDatabase } from "./recipe-database.js";
import { runOrFail } from "./new-processes.js";
import { openWorkshop, runAshlar, type Workshop } from "./recipe-workshop.js";

const recipe =
  "gen resource Accounts UserTask --primary-key user_id,task_id --attributes user_id:uuid:required --attributes task_id:uuid:required";

let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});
afterAll(() => workshop.dispose());

describe.each(databaseKinds)("the recipe on %s", (kind) => {
  let project: string;
  let database: ProjectDatabase;
  const ashlar = (words: string) => runAshlar(project, words, database.env);

  beforeAll(async () => {
    project = await workshop.makeProject(kind);
    database = await openProjectDatabase(kind, project);
  });
  afterAll(() => database.stop());

  test("shows its plan, and says what to type next", async () => {
    const { exitCode, stdout, stderr } = await ashlar(recipe);
    expect(hideTimes(stdout)).toBe(`
  User ⟷ Task, through UserTask

    create  src/accounts/user-task.ts
     patch  src/accounts/accounts.ts        + UserTask
     patch  src/accounts/user.ts            + tasks, userTasks
     patch  src/works/task.ts               + users, userTasks
    create  migrations/<time>_create_user_tasks_join_table.ts
    create  migrations/snapshot/user_tasks.json
    create  migrations/snapshot/history/<time>_create_user_tasks_join_table.json

`);
    expect(stderr).toMatch(/\n {2}Next: npx ashlar migrate\n\n$/);
    expect(exitCode).toBe(0);
  });

  test("makes this tree", () => {
    const paths = createDiskTree(project).list("");
    expect(paths.map(hideTimes).sort()).toEqual([
      ".gitignore",
      "README.md",
      "ashlar.config.json",
      "knexfile.ts",
      "migrations/<time>_create_tasks.ts",
      "migrations/<time>_create_user_tasks_join_table.ts",
      "migrations/<time>_create_users.ts",
      "migrations/snapshot/history/<time>_create_tasks.json",
      "migrations/snapshot/history/<time>_create_user_tasks_join_table.json",
      "migrations/snapshot/history/<time>_create_users.json",
      "migrations/snapshot/tasks.json",
      "migrations/snapshot/user_tasks.json",
      "migrations/snapshot/users.json",
      "package.json",
      "src/accounts/accounts.ts",
      "src/accounts/user-task.ts",
      "src/accounts/user.ts",
      "src/repo.ts",
      "src/works/task.ts",
      "src/works/works.ts",
      "test/accounts.test.ts",
      "test/schema.test.ts",
      "test/test-repo.ts",
      "tsconfig.json",
    ]);
  });

  test.each(Object.keys(COMPILERS) as (keyof typeof COMPILERS)[])(
    "makes what type-checks under TypeScript %s",
    async (version) => {
      await runOrFail(process.execPath, [COMPILERS[version], "-p", "."], { cwd: project });
    },
  );

  test("makes what the project's own tests find well", async () => {
    expect(await runOrFail("npm", ["test"], { cwd: project })).toContain("# pass 4\n# fail 0\n");
  });

  test("makes migrations that build what the resources describe", async () => {
    const { exitCode, stdout } = await ashlar("migrate");
    expect(exitCode).toBe(0);
    expect(hideTimes(stdout).match(/<time>\w+/g)).toEqual([
      "<time>_create_users",
      "<time>_create_tasks",
      "<time>_create_user_tasks_join_table",
    ]);
    const schema = await database.readSchema();
    expect(schema.map(({ name }) => name)).toEqual(["tasks", "user_tasks", "users"]);
    expect(schema[1]).toEqual(describeJoinTable(kind === "sqlite" ? "char(36)" : "uuid"));
  });

  test("makes migrations that go down and up again to the same schema", async () => {
    const before = await database.readSchema();
    expect((await ashlar("rollback --all")).exitCode).toBe(0);
    expect(await database.readSchema()).toEqual([]);
    expect((await ashlar("migrate")).exitCode).toBe(0);
    expect(await database.readSchema()).toEqual(before);
  });

  test("makes migrations that plain Knex runs and undoes, in agreement with ashlar", async () => {
    const before = await database.readSchema();
    const knex = (command: string) =>
      runOrFail("npm", ["run", "knex", "--", ...command.split(" ")], { cwd: project, env: database.env });
    expect(await knex("migrate:status")).toContain("Found 3 Completed Migration file/files.");
    await knex("migrate:rollback --all");
    expect(await readStates()).toEqual(["pending", "pending", "pending"]);
    await knex("migrate:latest");
    expect(await readStates()).toEqual(["applied", "applied", "applied"]);
    expect(await database.readSchema()).toEqual(before);
  });

  test("a second time changes nothing and exits with 0", async () => {
    const before = readSources();
    const { exitCode, stdout, stderr } = await ashlar(recipe);
    expect(exitCode).toBe(0);
    expect(stdout).not.toMatch(/create |patch /);
    expect(stderr).toBe("  Nothing to change: all of it is there.\n\n");
    expect(readSources()).toEqual(before);
  });

  async function readStates(): Promise<readonly string[]> {
    const { stdout } = await ashlar("status");
    return [...stdout.matchAll(/^ {2}(applied|pending)\b/gm)].map(([, state = ""]) => state);
  }

  function readSources(): readonly (readonly [string, string | undefined])[] {
    const tree = createDiskTree(project);
    return ["src", "migrations"].flatMap((folder) =>
      tree.list(folder).map((path) => [path, tree.read(path)] as const),
    );
  }
});

/** The composite key in the order that was typed, and an index only where the key does not serve. */
function describeJoinTable(uuid: string): FoundTable {
  const reference = (column: string, table: string) => ({
    name: `user_tasks_${column}_fkey`,
    columns: [column],
    references: { table, columns: ["id"] },
    onDelete: "cascade",
  });
  const column = (name: string) => ({ name, type: uuid, nullable: false, hasDefault: false });
  return {
    name: "user_tasks",
    columns: [column("task_id"), column("user_id")],
    primaryKey: { name: "user_tasks_pkey", columns: ["user_id", "task_id"] },
    indexes: [{ name: "user_tasks_task_id_index", columns: ["task_id"], unique: false }],
    foreignKeys: [reference("task_id", "tasks"), reference("user_id", "users")],
    checks: [],
  };
}

/** The same text for any moment of running. */
function hideTimes(text: string): string {
  return text.replace(/\d{14}/g, "<time>");
}
