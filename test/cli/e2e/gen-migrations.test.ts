import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { recipe } from "./command-line.js";
import { MigrationsProject, type ProjectDatabase } from "./migrations-project.js";

const databases: readonly ProjectDatabase[] = ["pglite", "sqlite"];
const name = "create_user_tasks_join_table";

describe.each(databases)("on %s", (database) => {
  test("the recipe without its migration, then gen migrations: the same files as the recipe's own", async () => {
    const whole = new MigrationsProject(database);
    const apart = new MigrationsProject(database);
    await whole.runWords(recipe);
    await apart.runWords([...recipe, "--no-migration"]);
    const told = await apart.do(`gen migrations --name ${name}`);
    expect(told).toContain("create table user_tasks");
    expect(told).toContain("proved");
    expect(Object.keys(apart.readMigrations())).toContain(`${name}.ts`);
    expect(apart.readMigrations()).toEqual(whole.readMigrations());
  });

  test("a tour: rename, type, required, index, drop, each written once and then not pending", async () => {
    const project = new MigrationsProject(database);
    const user = "src/accounts/user.ts";
    project.edit(user, "name: string()", "fullName: string()");
    await project.do("gen migrations --rename users.name:full_name");

    project.edit(user, "fullName: string()", "fullName: text()");
    project.edit(user, "import { resource", "import { integer, text, resource");
    await project.do("gen migrations");

    project.edit(user, "fullName: text()", "fullName: text(),\n    age: integer().required()");
    await project.do("gen migrations --fill users.age=0 --name require_age");

    project.edit(user, "fullName: text()", "fullName: text().index()");
    await project.do("gen migrations");

    project.edit(user, ",\n    age: integer().required()", "");
    project.edit(user, "integer, ", "");
    await project.do("gen migrations --allow-drop users.age");

    expect((await project.run("gen migrations --check")).exitCode).toBe(0);
    expect(Object.keys(project.readMigrations()).filter((path) => path.endsWith(".ts"))).toEqual(
      expect.arrayContaining([
        "rename_name_to_full_name_in_users.ts",
        "require_age.ts",
        "drop_age_from_users.ts",
      ]),
    );
    expect(project.readMigrations()["snapshot/users.json"]).not.toContain('"age"');
  });
});

describe("without a terminal", () => {
  test("a rename that may be meant is asked for by its flags, and nothing is written", async () => {
    const project = new MigrationsProject("sqlite");
    project.edit("src/accounts/user.ts", "name: string()", "fullName: string()");
    const before = project.readMigrations();
    const { exitCode, stderr } = await project.run("gen migrations");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("--rename users.name:full_name");
    expect(stderr).toContain("--not-renamed users.name");
    expect(project.readMigrations()).toEqual(before);
  });

  test("nothing but a step that destroys is written as nothing, and its flag is named", async () => {
    const project = new MigrationsProject("sqlite");
    project.edit("src/accounts/user.ts", "    name: string(),\n", "");
    const before = project.readMigrations();
    const { exitCode, stderr } = await project.run("gen migrations");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("--allow-drop users.name");
    expect(project.readMigrations()).toEqual(before);
    expect((await project.run("gen migrations --check")).exitCode).toBe(3);
  });

  test("a proof that fails on what is withheld names that too", async () => {
    const project = new MigrationsProject("pglite");
    const view = `statements: { open: { up: "create view open as select id from tasks where done = 'open'", down: "drop view open" } },`;
    project.edit("src/works/task.ts", "boolean().required().default(false)", 'enumeration("open", "shut")');
    project.edit("src/works/task.ts", "import { boolean", "import { enumeration");
    project.edit("src/works/task.ts", "  actions:", `  ${view}\n  actions:`);
    const before = project.readMigrations();
    const { exitCode, stderr } = await project.run("gen migrations");
    expect(exitCode).toBe(1);
    expect(stderr).toContain("The tables cannot be built on a scratch database: invalid input syntax");
    expect(stderr).toContain('Withheld, so it was not tried: The column "done" of "tasks" changes');
    expect(stderr).toContain('--cast tasks.done="<SQL of the new value>"');
    expect(project.readMigrations()).toEqual(before);
  });

  test("a resource that is gone is pending, and its table stays until it may go", async () => {
    const project = new MigrationsProject("sqlite");
    project.edit("src/works/works.ts", "resources: [Task]", "resources: []");
    project.edit("src/works/works.ts", 'import { Task } from "./task.js";\n', "");
    expect((await project.run("gen migrations --check")).exitCode).toBe(3);
    await project.do("gen migrations --allow-drop tasks");
    expect(Object.keys(project.readMigrations())).not.toContain("snapshot/tasks.json");
    expect((await project.run("gen migrations --check")).exitCode).toBe(0);
  });

  test("beside other steps a destroying one stands in the file as a comment", async () => {
    const project = new MigrationsProject("sqlite");
    project.edit("src/accounts/user.ts", "    name: string(),\n", "");
    project.edit("src/works/task.ts", "done: boolean()", "note: string(),\n    done: boolean()");
    await project.do("gen migrations --name add_note");
    expect(project.readMigrations()["add_note.ts"]).toContain("--allow-drop users.name");
    expect(project.readMigrations()["snapshot/users.json"]).toContain('"name"');
  });
});

describe("what is told", () => {
  test("--json: the plan with its operations and proof", async () => {
    const project = new MigrationsProject("sqlite");
    project.edit("src/works/task.ts", "done: boolean()", "note: string(),\n    done: boolean()");
    const told = JSON.parse(await project.do("gen migrations --json --dry-run")) as {
      operations: { kind: string }[];
      proof: { statements: { up: string[] } };
      result: { outcome: string };
    };
    expect(told.operations.map(({ kind }) => kind)).toEqual(["addColumn"]);
    expect(told.proof.statements.up.join()).toContain("note");
    expect(told.result.outcome).toBe("previewed");
  });

  test("--sql: the statements of each direction", async () => {
    const project = new MigrationsProject("pglite");
    project.edit("src/works/task.ts", "done: boolean()", "note: string(),\n    done: boolean()");
    const told = await project.do("gen migrations --sql --dry-run");
    expect(told).toMatch(/up\n\nalter table "tasks" add column "note" varchar\(255\)/);
    expect(told).toMatch(/down\n\nalter table "tasks" drop column "note"/);
  });

  test.each([
    ["--dry-run", 0],
    ["--check", 3],
  ])(
    "%s: what it would do and mean for rows, and nothing is written (cases 57 and 59)",
    async (flag, code) => {
      const project = new MigrationsProject("sqlite");
      project.edit("src/accounts/user.ts", "name: string()", "name: string().required()");
      const before = project.readMigrations();
      const { exitCode, stdout, stderr } = await project.run(`gen migrations ${flag} --allow-drop all`);
      expect(exitCode).toBe(code);
      expect(stdout + stderr).toContain("alter column users.name: not null");
      expect(stdout + stderr).toContain('warning  The column "name" of "users" becomes required.');
      expect(project.readMigrations()).toEqual(before);
    },
  );

  test("nothing pending: says so and exits 0", async () => {
    const { exitCode, stderr } = await new MigrationsProject("sqlite").run("gen migrations");
    expect(exitCode).toBe(0);
    expect(stderr).toContain("Nothing to change");
    expect(stderr).not.toContain("makes a domain");
  });

  test("no domain: says where it looked, and how one is made", async () => {
    const project = new MigrationsProject("sqlite");
    for (const path of ["src/accounts/accounts.ts", "src/works/works.ts", "migrations/snapshot"])
      rmSync(join(project.root, path), { recursive: true });
    const { exitCode, stderr } = await project.run("gen migrations");
    expect(stderr).toContain('notice  No file in "src" makes a domain, so there are no resources.');
    expect(stderr).toContain("npx ashlar gen resource <Domain> <Name>");
    expect(exitCode).toBe(0);
  });
});

describe("development migrations", () => {
  test("are folded into the next one that is none (case 58)", async () => {
    const project = new MigrationsProject("sqlite");
    const task = "src/works/task.ts";
    project.edit(task, "done: boolean()", "note: string(),\n    done: boolean()");
    await project.do("gen migrations --dev");
    project.edit(task, "note: string()", "remark: string()");
    await project.do("gen migrations --dev --rename tasks.note:remark");
    await project.do("gen migrations --name add_remark");
    const paths = Object.keys(project.readMigrations()).filter((path) => !/^snapshot\/\w+\.json$/.test(path));
    expect(paths.sort()).toEqual(["add_remark.ts", "snapshot/history/add_remark.json"]);
    expect(project.readMigrations()["add_remark.ts"]).toContain('"remark"');
    expect((await project.run("gen migrations --check")).exitCode).toBe(0);
  });

  test("that have run here have to be rolled back first", async () => {
    const project = new MigrationsProject("sqlite", {
      "migrations/snapshot/users.json": "",
      "migrations/snapshot/tasks.json": "",
    });
    const { rmSync } = await import("node:fs");
    rmSync(`${project.root}/migrations/snapshot`, { recursive: true });
    await project.do("gen migrations --dev");
    await project.do("migrate");
    const { exitCode, stderr } = await project.run("gen migrations --name first");
    expect(exitCode).toBe(1);
    expect(stderr).toContain("npx ashlar rollback --step 1");
    await project.do("rollback --step 1");
    await project.do("gen migrations --name first");
    await project.do("migrate");
  });
});

describe("wrong input", () => {
  test.each([
    [
      "a resource that does not compile",
      "src/works/task.ts",
      "export const a = ;\n",
      "src/works/task.ts:1:18",
    ],
    ["a corrupt snapshot", "migrations/snapshot/users.json", "{", "migrations/snapshot/users.json"],
    ["a newer snapshot", "migrations/snapshot/users.json", `{ "version": 9 }`, "Update ashlar"],
    [
      "a conflicted snapshot",
      "migrations/snapshot/users.json",
      "<<<<<<< HEAD\n{\n=======\n{\n>>>>>>> other\n",
      "snapshot.conflict",
    ],
  ])("%s is told and nothing is written", async (_what, path, text, told) => {
    const project = new MigrationsProject("sqlite");
    project.write(path, text);
    const { exitCode, stderr } = await project.run("gen migrations");
    expect(exitCode).toBe(1);
    expect(stderr).toContain(told);
    expect(stderr).not.toMatch(/\n\s+at .*\.cjs/);
  });

  test("two resources that disagree on a column", async () => {
    const project = new MigrationsProject("sqlite");
    project.edit("src/works/task.ts", 'table: "tasks"', 'table: "users"');
    project.edit("src/works/task.ts", "import { boolean", "import { boolean, integer");
    project.edit("src/works/task.ts", "title: string().required()", "email: integer().required()");
    const { exitCode, stderr } = await project.run("gen migrations");
    expect(exitCode).toBe(1);
    expect(stderr).toContain('"email"');
  });

  test("answers about what is not there", async () => {
    const project = new MigrationsProject("sqlite");
    const { exitCode, stderr } = await project.run(
      "gen migrations --rename users.nam:full_name --fill tasks.x=0 --cast nonsense --rename-table a",
    );
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Did you mean "name"?');
    expect(stderr).toContain("--cast");
    expect(stderr).toContain("--rename-table");
  });
});
