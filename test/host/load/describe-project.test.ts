import { symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { describeProject } from "../../../src/host/load/describe-project.js";
import { openProject } from "../../../src/host/open-project.js";
import { isAshlarError, type Problem } from "../../../src/support/problem.js";
import { createProjectFolder, readWholeTree } from "../temporary-project.js";

type Files = Readonly<Record<string, string>>;

const task = `import { belongsTo, resource, string, uuid, uuidPrimaryKey } from "ashlar";
import { User } from "../accounts/user.js";

export class Task extends resource({
  table: "tasks",
  attributes: { id: uuidPrimaryKey(), title: string().required(), userId: uuid() },
}) {
  static readonly relationships = { user: belongsTo(() => User) };
}
`;

const user = `import { hasMany, resource, string, uuidPrimaryKey } from "ashlar";
import { Task } from "../works/task.js";

export class User extends resource({
  table: "users",
  attributes: { id: uuidPrimaryKey(), name: string() },
}) {
  static readonly relationships = { tasks: hasMany(() => Task, { destinationAttribute: "userId" }) };
}
`;

const project: Files = {
  "package.json": `{ "name": "example", "type": "module" }\n`,
  "src/accounts/user.ts": user,
  "src/accounts/accounts.ts": listDomain("Accounts", "User", "./user.js"),
  "src/works/task.ts": task,
  "src/works/works.ts": listDomain("Works", "Task", "./task.js"),
};

function listDomain(name: string, resource: string, from: string): string {
  return `import { domain } from "ashlar";\nimport { ${resource} } from "${from}";\n\nexport const ${name} = domain("${name}", { resources: [${resource}] });\n`;
}

/** One resource under the name User, whose file begins as given. */
function withUser(text: string, others: Files = {}): Files {
  const { "src/accounts/accounts.ts": accounts = "" } = project;
  return {
    "package.json": `{ "name": "example", "type": "module" }\n`,
    "src/accounts/accounts.ts": accounts,
    "src/accounts/user.ts": text,
    ...others,
  };
}

const bareUser = `import { resource, string, uuidPrimaryKey } from "ashlar";
export class User extends resource({ table: "users", attributes: { id: uuidPrimaryKey(), name: string() } }) {}
`;

/** The package that a project has installed, here the sources: where they run, TypeScript is read. */
const ownPackage: Files = {
  "node_modules/ashlar/package.json": `{ "name": "ashlar", "type": "module", "exports": "./index.js" }`,
  "node_modules/ashlar/index.js": `export * from "${pathToFileURL("src/runtime/index.ts").href}";`,
};

function createProject(files: Files): string {
  const root = createProjectFolder({ ...ownPackage, ...files });
  for (const name of ["knex", "typescript"]) {
    symlinkSync(resolve("node_modules", name), join(root, "node_modules", name));
  }
  return root;
}

async function load(files: Files) {
  return describeProject(await openProject(createProject(files)));
}

async function loadProblems(files: Files): Promise<readonly Problem[]> {
  const error: unknown = await load(files).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!isAshlarError(error)) throw error ?? new Error("It was loaded.");
  return error.problems;
}

describe("what is loaded", () => {
  test("resources that refer to each other across domains, with their tables and files", async () => {
    const { description, resources, problems } = await load(project);
    expect(problems).toEqual([]);
    expect([...description.snapshot.keys()].sort()).toEqual(["tasks", "users"]);
    expect(resources).toEqual([
      { name: "User", table: "users", path: "src/accounts/user.ts" },
      { name: "Task", table: "tasks", path: "src/works/task.ts" },
    ]);
  });

  test("modules that import each other through a barrel", async () => {
    const barrel = `export * from "./accounts/user.js";\nexport * from "./works/task.js";\n`;
    const files = {
      ...project,
      "src/index.ts": barrel,
      "src/accounts/user.ts": user.replace("../works/task.js", "../index.js"),
      "src/works/task.ts": task.replace("../accounts/user.js", "../index.js"),
    };
    const { description, resources } = await load(files);
    expect(description.snapshot.get("tasks")?.foreignKeys).toHaveLength(1);
    expect(resources.map(({ path }) => path)).toEqual(["src/accounts/user.ts", "src/works/task.ts"]);
  });

  test("aliases of the tsconfig, imports without an ending and of a folder", async () => {
    const tsconfig = `{ "compilerOptions": { "module": "ESNext", "moduleResolution": "bundler", "paths": { "@/*": ["./src/*"], "#names": ["./src/shared/names.ts"] } } }`;
    const text = `import { nameLength } from "@/shared";\nimport { table } from "#names";\nimport { resource, string, uuidPrimaryKey } from "ashlar";
export class User extends resource({ table, attributes: { id: uuidPrimaryKey(), name: string({ maxLength: nameLength }) } }) {}\n`;
    const { description } = await load(
      withUser(text.replace("string({ maxLength: nameLength })", "string(nameLength)"), {
        "tsconfig.json": tsconfig,
        "src/shared/index.ts": "export const nameLength = undefined;\n",
        "src/shared/names.ts": `export const table = "people";\n`,
      }),
    );
    expect([...description.snapshot.keys()]).toEqual(["people"]);
  });

  test("imports from the folder that baseUrl names", async () => {
    const text = bareUser
      .replace(`table: "users"`, "table")
      .replace("import", `import { table } from "names";\nimport`);
    const { description } = await load(
      withUser(text, {
        "tsconfig.json": `{ "compilerOptions": { "module": "commonjs", "baseUrl": "./src/shared" } }`,
        "src/shared/names.ts": `export const table = "people";\n`,
      }),
    );
    expect([...description.snapshot.keys()]).toEqual(["people"]);
  });

  test("a project with snapshots and no domain is told so, not that its tables are gone", async () => {
    const { "src/accounts/user.ts": text = "" } = project;
    const files = { "package.json": "{}", "src/accounts/user.ts": text };
    expect(await load(files)).toMatchObject({ problems: [], notices: [{ code: "project.domain.none" }] });
    const { problems } = await load({ ...files, "migrations/snapshot/users.json": "{}" });
    expect(problems).toMatchObject([{ code: "project.domain.none" }]);
  });

  test.each([
    ["an enum", `export enum Kind { a = "x" }\nif (Kind.a !== "x") throw new Error("no enum");\n`],
    [
      "a namespace",
      `export namespace Names { export const a = 1; }\nif (Names.a !== 1) throw new Error("no namespace");\n`,
    ],
    [
      "a parameter property",
      `class Point { constructor(readonly x: number) {} }\nif (new Point(1).x !== 1) throw new Error();\n`,
    ],
    [
      "a decorator",
      `const mark = (value: unknown, context: unknown): void => undefined;\n@mark class Marked {}\nvoid Marked;\n`,
    ],
    ["a wait at its top", `const waited = await Promise.resolve(1);\nif (waited !== 1) throw new Error();\n`],
    [
      "a JSON file",
      `import manifest from "../../package.json" with { type: "json" };\nif (manifest.name !== "example") throw new Error();\n`,
    ],
    [
      "its own address",
      `if (!import.meta.url.endsWith("src/accounts/user.ts")) throw new Error(import.meta.url);\n`,
    ],
    [
      "an import under way",
      `const { table } = await import("../table.js");\nif (table !== "x") throw new Error();\n`,
    ],
  ])("a module with %s", async (_what, text) => {
    const { resources } = await load(
      withUser(text + bareUser, { "src/table.ts": `export const table: string = "x";\n` }),
    );
    expect(resources).toHaveLength(1);
  });

  test("a CommonJS project, with what only CommonJS has", async () => {
    const files = withUser(
      `import knex from "knex";\nimport legacy = require("./legacy");
import { limit } from "./legacy.cjs";\nif (typeof knex !== "function" || legacy.limit !== 3 || limit !== 3) throw new Error("interop");
if (!__filename.endsWith("user.ts")) throw new Error(__filename);\n${bareUser}`,
      {
        "package.json": `{ "name": "example" }\n`,
        "src/accounts/legacy.cts": `const limit: number = 3;\nmodule.exports = { limit };\n`,
        "src/accounts/legacy.ts": `import path = require("node:path");\nexport = { limit: path.sep.length + 2 };\n`,
      },
    );
    expect((await load(files)).resources).toHaveLength(1);
  });

  test("nothing where no file makes a domain, and no file that only looks like one", async () => {
    const server = `import { createRepo } from "ashlar";\n// domain\nconsole.log("listening", 1);\nthrow new Error("started");\n`;
    expect((await load({ "package.json": "{}", "src/server.ts": server })).resources).toEqual([]);
  });
});

describe("what a module leaves behind", () => {
  test("a connection, a timer or output at its top keeps nothing waiting", async () => {
    const text = `import { createServer } from "node:net";\ncreateServer().listen(0);\nsetInterval(() => undefined, 1000);
console.log("hello");\nprocess.stdout.write("{}");\n${bareUser}`;
    expect((await load(withUser(text))).resources).toHaveLength(1);
  });

  test("no file in the project", async () => {
    const root = createProject(project);
    const before = readWholeTree(join(root, "src"));
    await describeProject(await openProject(root));
    expect(readWholeTree(join(root, "src"))).toEqual(before);
  });
});

describe("what cannot be loaded", () => {
  const where = { path: "src/accounts/user.ts" };

  test("a syntax error is told with its place", async () => {
    const [problem] = await loadProblems(withUser(`${bareUser}\nexport const a = ;\n`));
    expect(problem).toMatchObject({
      code: "project.module.failed",
      location: { ...where, line: 4, column: 18 },
    });
    expect(problem?.frame).toContain("> 4 | export const a = ;");
  });

  test("a name that is imported twice is told once, with its place", async () => {
    const twice =
      'import { sep } from "node:path";\nimport { join, sep } from "node:path";\nvoid [join, sep];\n';
    const problems = await loadProblems({ ...project, "src/works/task.ts": twice + task });
    expect(problems).toMatchObject([
      {
        code: "project.module.failed",
        message: "Identifier 'sep' has already been declared.",
        location: { path: "src/works/task.ts", line: 2, column: 16 },
      },
    ]);
    expect(problems[0]?.frame).toContain("> 2 | import { join, sep }");
  });

  test.each([
    ["that begins", "<<<<<<< HEAD\nexport const a = 1;\n=======\nexport const a = 2;\n>>>>>>> other\n", 4],
    ["that ends", "export const a = 2;\n>>>>>>> other\n", 5],
  ])("a side of an unfinished merge %s is told as such", async (_, text, line) => {
    const [problem] = await loadProblems(withUser(`${bareUser}\n${text}`));
    expect(problem).toMatchObject({
      code: "project.module.conflict",
      message: '"src/accounts/user.ts" holds the marks of a merge that is not finished.',
      location: { ...where, line },
    });
  });

  test("a thrown error is told with its place and without a stack", async () => {
    const problems = await loadProblems(
      withUser(
        `const value: string | undefined = process.env["NO_SUCH_VARIABLE"];\nif (value === undefined) throw new Error("NO_SUCH_VARIABLE is missing.");\n${bareUser}`,
      ),
    );
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({
      code: "project.module.failed",
      message: '"src/accounts/user.ts" cannot be loaded: NO_SUCH_VARIABLE is missing.',
      location: { ...where, line: 2 },
    });
    expect(problems[0]?.frame).not.toContain("node:");
  });

  test.each([
    [
      "a file that is not there",
      `import "./missing.js";\n`,
      "project.module.missing",
      '"./missing.js" leads to no file.',
    ],
    [
      "a package that is not there",
      `import "no-such-package";\n`,
      "project.module.missing",
      'The package "no-such-package" cannot be found',
    ],
    [
      "a name that is not exported",
      `import { nothing } from "./accounts.js";\nvoid nothing;\n`,
      "project.module.export.missing",
      "nothing",
    ],
  ])("%s is told where it is imported", async (_what, text, code, message) => {
    const [problem] = await loadProblems(withUser(text + bareUser));
    expect(problem).toMatchObject({ code, location: { ...where, line: 1 } });
    expect(problem?.message).toContain(message);
  });

  test("a value in place of a resource is told as ashlar tells it", async () => {
    const [problem] = await loadProblems(withUser(`export const User = 1;\n`));
    expect(problem).toMatchObject({
      code: "domain.resource.invalid",
      location: { path: "src/accounts/accounts.ts", line: 4 },
    });
  });

  test("a module that ends the process is told with what it printed last", async () => {
    const [problem] = await loadProblems(
      withUser(`console.error("DATABASE_URL is missing");\nprocess.exit(1);\n${bareUser}`),
    );
    expect(problem).toMatchObject({ code: "project.load.ended", frame: "DATABASE_URL is missing" });
  });

  test("two broken modules are both told, what they share once", async () => {
    const files = {
      ...project,
      "src/accounts/user.ts": "export const = 1;\n",
      "src/works/task.ts": "export const = 2;\n",
    };
    const places = (await loadProblems(files)).map(({ location }) => location?.path);
    expect(places.sort()).toEqual(["src/accounts/user.ts", "src/works/task.ts"]);
  });

  test("a module that throws is told once, whatever imports it", async () => {
    const problems = await loadProblems({
      ...project,
      "src/works/task.ts": `throw new Error("No settings.");\n${task}`,
    });
    expect(problems).toMatchObject([
      { code: "project.module.failed", location: { path: "src/works/task.ts", line: 1 } },
    ]);
  });

  test("a definition that its types forbid is left to the compiler to find", async () => {
    const problems = await loadProblems({
      ...project,
      "src/works/task.ts": task.replace(
        "attributes:",
        "foreignKeys: { team: { columns: [] } },\n  attributes:",
      ),
    });
    expect(problems).toMatchObject([
      { code: "project.definitions.failed", hint: expect.stringContaining("npx tsc") as string },
    ]);
  });

  test("definitions that cannot work come as problems, not as an error", async () => {
    const { problems, description } = await load({
      ...project,
      "src/works/task.ts": task.replace("userId: uuid()", "other: uuid()"),
    });
    expect(problems.map(({ code }) => code)).not.toEqual([]);
    expect(description.snapshot.size).toBe(0);
  });
});
