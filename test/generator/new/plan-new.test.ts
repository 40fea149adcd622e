import { describe, expect, test } from "vitest";
import { readKnexfile } from "../../../src/host/settings/knexfile-reader.js";
import { parseConfig } from "../../../src/host/settings/config-file.js";
import { isAshlarError } from "../../../src/support/problem.js";
import { testProject } from "../../../src/testing/index.js";
import { planProject, readPlan, versions } from "./new-plans.js";

const databases = ["pglite", "sqlite", "postgres"] as const;

describe("a new project", () => {
  test("has a file for each thing that it needs, those of the root first", async () => {
    const { title, changes } = await planProject();
    expect(title).toBe("shop, a project on PGlite");
    expect(changes.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      "create package.json",
      "create tsconfig.json",
      "create ashlar.config.json",
      "create knexfile.ts",
      "create .gitignore",
      "create README.md",
      "create migrations/.gitkeep",
      "create src/repo.ts",
      "create test/schema.test.ts",
      "create test/test-repo.ts",
    ]);
  });

  test("depends on ashlar, knex and the driver, in npm's order", async () => {
    expect(await readDependencies("pglite")).toEqual({
      dependencies: ["@electric-sql/pglite@^0.5.0", "ashlar@^0.1.0", "knex@^3.3.0"],
      devDependencies: ["@types/node@^20.0.0", "tsx@^4.0.0", "typescript@^5.9.0"],
    });
    expect(await readDependencies("sqlite")).toMatchObject({
      dependencies: ["ashlar@^0.1.0", "knex@^3.3.0", "libsql@^0.5.0"],
    });
  });

  test("on PostgreSQL has its tests run on PGlite, which needs no server", async () => {
    expect(await readDependencies("postgres")).toEqual({
      dependencies: ["ashlar@^0.1.0", "knex@^3.3.0", "pg@^8.0.0"],
      devDependencies: [
        "@electric-sql/pglite@^0.5.0",
        "@types/node@^20.0.0",
        "tsx@^4.0.0",
        "typescript@^5.9.0",
      ],
    });
    const files = readPlan(await planProject({ database: "postgres" }));
    expect(files["test/test-repo.ts"]).toContain("client: PgliteClient");
    expect(files["knexfile.ts"]).toContain('process.env.DATABASE_URL ?? "postgres://localhost:5432/shop"');
  });

  test.each(databases)(
    "on %s says so in ashlar.config.json, and its knexfile says the same",
    async (database) => {
      const files = readPlan(await planProject({ database }));
      expect(parseConfig(files["ashlar.config.json"] ?? "")).toEqual({
        source: "src",
        migrations: "migrations",
        knexfile: "knexfile.ts",
        database,
      });
      const clients = { pglite: ["ashlar/pglite"], sqlite: ["ashlar/sqlite"], postgres: ["pg"] };
      expect(readKnexfile("knexfile.ts", files["knexfile.ts"] ?? "")).toEqual({
        path: "knexfile.ts",
        migrations: "migrations",
        clients: clients[database],
      });
    },
  );

  test.each([
    ["pglite", "data/"],
    ["sqlite", "data.sqlite*"],
    ["postgres", undefined],
  ])("on %s keeps its data out of git", async (database, ignored) => {
    const files = readPlan(await planProject({ database }));
    const lines = ["node_modules/", ".env", ...(ignored === undefined ? [] : [ignored])];
    expect(files[".gitignore"]).toBe(`${lines.join("\n")}\n`);
  });

  test("has npm copy an ashlar that comes from a folder, where it would link it", async () => {
    const local = readPlan(await planProject({ packages: { ashlar: "file:../ashlar", versions } }));
    expect(local["package.json"]).toContain('"ashlar": "file:../ashlar"');
    expect(local[".npmrc"]).toContain("\ninstall-links=true\n");
    expect(readPlan(await planProject())[".npmrc"]).toBeUndefined();
  });
});

async function readDependencies(database: string): Promise<Record<string, readonly string[]>> {
  const files = readPlan(await planProject({ database }));
  const manifest = JSON.parse(files["package.json"] ?? "") as Record<string, Record<string, string>>;
  const read = (key: string) =>
    Object.entries(manifest[key] ?? {}).map(([name, range]) => `${name}@${range}`);
  return { dependencies: read("dependencies"), devDependencies: read("devDependencies") };
}

describe("the example", () => {
  test("adds two domains, a migration for each resource, and a test of them", async () => {
    const plain = readPlan(await planProject());
    const example = readPlan(await planProject({ example: true }));
    expect(Object.keys(example).filter((path) => !(path in plain))).toEqual([
      "migrations/20261122190000_create_users.ts",
      "migrations/20261122190001_create_tasks.ts",
      "migrations/snapshot/history/20261122190000_create_users.json",
      "migrations/snapshot/history/20261122190001_create_tasks.json",
      "migrations/snapshot/tasks.json",
      "migrations/snapshot/users.json",
      "src/accounts/accounts.ts",
      "src/accounts/user.ts",
      "src/works/task.ts",
      "src/works/works.ts",
      "test/accounts.test.ts",
    ]);
    expect(example["migrations/.gitkeep"]).toBeUndefined();
    expect(example["src/repo.ts"]).toContain("domains: [Accounts, Works]");
  });

  test("is the project that ashlar/testing starts from", async () => {
    const example = readPlan(await planProject({ example: true }));
    const files = testProject({ example: true }).files;
    const shared = Object.keys(files).filter((path) => /^(src\/(accounts|works)|migrations)\//.test(path));
    expect(shared).toHaveLength(6);
    for (const path of shared) expect(example).toHaveProperty([path], files[path]);
  });
});

describe("what to type next", () => {
  const recipe =
    "npx ashlar gen resource Accounts UserTask --primary-key user_id,task_id --attributes user_id:uuid:required --attributes task_id:uuid:required";
  const first = "npx ashlar gen resource Accounts User --attributes email:string:required,name:string";

  test("is a first resource, and for the example the many-to-many", async () => {
    expect((await planProject()).next).toEqual(["cd shop", first, "npx ashlar migrate"]);
    expect((await planProject({ example: true })).next).toEqual(["cd shop", recipe, "npx ashlar migrate"]);
  });

  test("begins with the installation where that was left out", async () => {
    const { next } = await planProject({ install: false });
    expect(next.slice(0, 2)).toEqual(["cd shop", "npm install"]);
  });

  test("quotes a folder that the shell would split, and does not go where it is", async () => {
    expect((await planProject({ folder: "../my shop" })).next[0]).toBe('cd "../my shop"');
    expect((await planProject({ folder: "." })).next[0]).toBe(first);
  });

  test("works as it is typed", async () => {
    const project = testProject();
    expect((await project.run(first.replace("npx ashlar ", ""))).refused).toEqual([]);
  });
});

describe("a project that cannot be", () => {
  test("is refused with everything that is wrong", async () => {
    const problems = await refuse({ folder: "knex", folderName: "knex", database: "sqlit" });
    expect(problems.map(({ code, message, hint }) => [code, message, hint])).toEqual([
      [
        "new.name.invalid",
        'A project is named after its folder, and "knex" is the name of a package that it depends on.',
        "Choose another folder, such as: npx ashlar new my-app",
      ],
      [
        "new.database.unknown",
        'There is no database "sqlit" to choose.',
        'Did you mean "sqlite"? There are pglite, sqlite and postgres.',
      ],
    ]);
  });
});

async function refuse(request: Parameters<typeof planProject>[0]) {
  try {
    await planProject(request);
  } catch (error) {
    if (isAshlarError(error) && error.kind === "usage") return error.problems;
    throw error;
  }
  throw new Error("The project was planned.");
}
