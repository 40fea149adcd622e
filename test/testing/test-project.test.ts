import { describe, expect, test } from "vitest";
import { testProject } from "../../src/testing/index.js";

const recipe = "gen resource Accounts UserTask --primary-key user_id,task_id";

describe("a test project", () => {
  test("starts as a new project, and with the example's domains where they are asked for", () => {
    expect(Object.keys(testProject().files)).toEqual([
      ".prettierrc.json",
      "package.json",
      "src/repo.ts",
      "tsconfig.json",
    ]);
    expect(testProject({ example: true }).read("src/accounts/user.ts")).toContain("class User");
  });

  test("has the files that it is given, over its own, and not those that are taken away", () => {
    const { files } = testProject({ files: { "src/repo.ts": undefined, "src/a.ts": "export {};\n" } });
    expect(files["src/a.ts"]).toBe("export {};\n");
    expect(files).not.toHaveProperty(["src/repo.ts"]);
  });

  test("shares nothing with another", async () => {
    const project = testProject({ example: true });
    await project.run(recipe);
    expect(testProject({ example: true }).files).not.toHaveProperty(["src/accounts/user-task.ts"]);
  });

  test("says which files there are when asked for one that there is not", () => {
    expect(() => testProject().read("src/rep.ts")).toThrow(
      'The test project has no file "src/rep.ts". Did you mean "src/repo.ts"? It has: .prettierrc.json,',
    );
  });

  test("says why a file is not there when the last command was refused", async () => {
    const project = testProject({ example: true });
    await project.run("gen resource Works Note --attributes text:txt");
    expect(() => project.read("src/works/note.ts")).toThrow(
      'The last command was refused: "txt" in "text:txt" is not an attribute type.',
    );
  });
});

describe("a command", () => {
  test("writes what it plans: new files, patched ones, and none besides", async () => {
    const project = testProject({ example: true });
    const before = project.files;
    const run = await project.run(recipe);
    expect(run.changed).toEqual(
      [...Object.keys(run.created), ...Object.keys(run.patched)].sort(byPlan(run.changed)),
    );
    expect(project.read("src/accounts/user-task.ts")).toBe(run.created["src/accounts/user-task.ts"]);
    const differing = Object.keys(project.files).filter((path) => project.files[path] !== before[path]);
    expect(differing.sort()).toEqual([...run.changed].sort());
  });

  test("shows of a patched file the lines around what is new", async () => {
    const { patched } = await testProject({ example: true }).run(recipe);
    expect(patched["src/accounts/accounts.ts"]).toBe(
      [
        '  import { domain } from "ashlar";',
        '  import { User } from "./user.js";',
        '+ import { UserTask } from "./user-task.js";',
        "",
        '- export const Accounts = domain("Accounts", { resources: [User] });',
        '+ export const Accounts = domain("Accounts", { resources: [User, UserTask] });',
      ].join("\n"),
    );
  });

  test("changes nothing the second time", async () => {
    const project = testProject({ example: true });
    const first = await project.run(recipe);
    const again = await project.run(recipe);
    expect(again).toMatchObject({ changed: [], created: {}, patched: {}, refused: [], exitCode: 0 });
    const once = /join_table\.(ts|json)$/;
    expect(again.unchanged).toEqual(first.changed.filter((path) => !once.test(path)));
  });

  test("tells its plan, its notices and what to type next", async () => {
    const run = await testProject({ example: true }).run(recipe);
    expect(run).toMatchObject({ command: recipe, title: "User ⟷ Task, through UserTask", exitCode: 0 });
    expect(run.notices.map(({ code }) => code)).toEqual(["relationship.cascades"]);
    expect(run.next).toEqual(["npx ashlar migrate"]);
  });

  test("takes the moment from the project's clock, which stands still", async () => {
    const findMigration = async (now?: Date) => {
      const { changed } = await testProject({ ...(now && { now }) }).run("gen resource Works Task");
      return changed.find((path) => path.endsWith("create_tasks.ts"));
    };
    expect(await findMigration()).toBe("migrations/20260101000000_create_tasks.ts");
    expect(await findMigration(new Date("2027-05-01T12:30:00Z"))).toBe(
      "migrations/20270501123000_create_tasks.ts",
    );
  });

  test.each(["--dry-run", "--diff", "--check"])("with %s shows its plan and writes nothing", async (flag) => {
    const project = testProject({ example: true });
    const before = project.files;
    const run = await project.run(`${recipe} ${flag}`);
    expect(run.created).toHaveProperty(["src/accounts/user-task.ts"]);
    expect(project.files).toEqual(before);
  });

  test("with --check exits with 3 where anything would change, and with 0 where nothing would", async () => {
    const project = testProject({ example: true });
    expect((await project.run(`${recipe} --check`)).exitCode).toBe(3);
    await project.run(recipe);
    expect((await project.run(`${recipe} --check`)).exitCode).toBe(0);
  });

  test("that is typed wrong is refused, changes nothing and exits with 2", async () => {
    const project = testProject({ example: true });
    const before = project.files;
    const run = await project.run(`${recipe} --atributes a:uuid`);
    expect(run).toMatchObject({ title: "", changed: [], exitCode: 2 });
    expect(run.refused).toMatchObject([{ code: "cli.flag.unknown", hint: 'Did you mean "--attributes"?' }]);
    expect(project.files).toEqual(before);
  });

  test("that cannot be carried out is refused and exits with 1", async () => {
    const project = testProject({
      example: true,
      files: { "src/accounts/user.ts": "export class User extends resource({" },
    });
    const run = await project.run("gen resource Accounts User --attributes age:integer");
    expect(run.exitCode).toBe(1);
    expect(run.refused[0]).toMatchObject({
      code: "source.syntax",
      location: { path: "src/accounts/user.ts" },
    });
  });

  test("other than a generator is refused", async () => {
    const run = await testProject().run("migrate");
    expect(run.refused).toMatchObject([{ code: "testing.command.unsupported" }]);
    expect((await testProject().run("--help")).refused).toMatchObject([
      { message: expect.stringContaining('"help"') },
    ]);
  });

  test("makes domains too", async () => {
    const project = testProject();
    expect((await project.run("gen domain Library")).changed).toEqual([
      "src/library/library.ts",
      "src/repo.ts",
    ]);
  });
});

describe("the settings of a test project", () => {
  test("are those of ashlar.config.json among its files", async () => {
    const files = { "ashlar.config.json": `{ "source": "app", "fileCase": "snake_case" }` };
    const { changed } = await testProject({ files }).run("gen resource Works WorkItem");
    expect(changed).toContain("app/works/work_item.ts");
  });

  test("are those given to it before all", async () => {
    const files = { "ashlar.config.json": `{ "source": "app" }` };
    const { changed } = await testProject({ files, settings: { source: "lib" } }).run(
      "gen resource Works Task",
    );
    expect(changed).toContain("lib/works/task.ts");
  });

  test("refuse a command where ashlar.config.json is wrong", async () => {
    const run = await testProject({ files: { "ashlar.config.json": "{" } }).run("gen resource Works Task");
    expect(run.refused).toMatchObject([{ code: "config.syntax" }]);
  });
});

describe("the sources of a test project", () => {
  const command = "gen resource Works Task --attributes title:string:required";

  test("are formatted by its Prettier configuration", async () => {
    const files = {
      ".prettierrc.json": undefined,
      ".prettierrc": "semi: false\nuseTabs: true\nsingleQuote: true\n",
    };
    const { created } = await testProject({ files }).run(command);
    expect(created["src/works/task.ts"]).toContain(
      "from 'ashlar'\n\nexport class Task extends resource({\n\ttable: 'tasks',\n",
    );
  });

  test("stay as that configuration has them when they are patched", async () => {
    const project = testProject({ example: true, files: { ".prettierrc.json": `{ "printWidth": 100 }` } });
    await project.run(recipe);
    expect(project.read("src/works/task.ts")).toMatch(/^import { boolean, hasMany, .* } from "ashlar";\n/);
  });

  test("are formatted by the configuration of package.json", async () => {
    const files = { ".prettierrc.json": undefined, "package.json": `{ "prettier": { "semi": false } }` };
    const { created } = await testProject({ files }).run(command);
    expect(created["src/works/task.ts"]).toContain('from "ashlar"\n');
  });

  test("take the style of the others where there is no configuration, and patched ones keep their own", async () => {
    const repo = "import {createRepo} from 'ashlar'\nexport const repo = createRepo(knex, {domains:[]})\n";
    const project = testProject({ files: { ".prettierrc.json": undefined, "src/repo.ts": repo } });
    const { created } = await project.run(command);
    expect(created["src/works/task.ts"]).toContain("from 'ashlar'\n");
    expect(project.read("src/repo.ts")).toContain("{domains:[Works]}");
  });
});

describe("a template of the project", () => {
  const path = "templates/ashlar/resource/resource.ts.ejs";

  test("takes the place of the shipped one", async () => {
    const files = { [path]: `export const <%= name %> = "<%= table %>";` };
    const { created } = await testProject({ files }).run("gen resource Works Task --no-migration");
    expect(created["src/works/task.ts"]).toBe('export const Task = "tasks";\n');
  });

  test("that cannot be rendered is named in the refusal", async () => {
    const run = await testProject({ files: { [path]: "<%= nothing %>" } }).run("gen resource Works Task");
    expect(run.refused).toMatchObject([{ code: "template.failed", message: expect.stringContaining(path) }]);
  });
});

/** Sorts paths as a plan has them. */
function byPlan(plan: readonly string[]) {
  return (left: string, right: string) => plan.indexOf(left) - plan.indexOf(right);
}
