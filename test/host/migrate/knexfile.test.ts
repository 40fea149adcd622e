import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { findEnvironment } from "../../../src/host/migrate/knexfile.js";
import { readStatus } from "../../../src/host/migrate/status.js";
import { isAshlarError, type Problem } from "../../../src/support/problem.js";
import { createProject, createTable, type TestProject } from "./project.js";

let project: TestProject;
let sqlite: string;
beforeEach(async () => {
  project = await createProject("sqlite");
  project.write("migrations/20260101_users.ts", createTable("users"));
  const client = JSON.stringify(`${import.meta.dirname}/../../../src/databases/sqlite.ts`);
  sqlite = `import { SqliteClient } from ${client};
const config = { client: SqliteClient, connection: { filename: "./data.sqlite" } };`;
});
afterEach(() => project.close());

async function list(knexfile = "knexfile.ts", environment = "development"): Promise<string[]> {
  return (await readStatus({ ...project.options, knexfile, environment })).map(({ name }) => name);
}

async function problemOf(run: () => Promise<unknown>): Promise<Problem | undefined> {
  const error: unknown = await run().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return isAshlarError(error) ? error.problems[0] : undefined;
}

describe("a knexfile", () => {
  it.each([
    ["a configuration", "export default config;"],
    ["a promise of one", "export default Promise.resolve(config);"],
    ["a function of one", "export default async () => config;"],
    ["one for each environment", "export default { development: config, production: {} };"],
    ["one for each environment, by names", "export const development = config;"],
    ["a configuration beside environments", 'export default { ...config, production: { client: "pg" } };'],
  ])("may give %s", async (_, text) => {
    project.write("knexfile.ts", `${sqlite}\n${text}\n`);
    expect(await list()).toEqual(["20260101_users.ts"]);
  });

  it.each([
    ["knexfile.cjs", "module.exports ="],
    ["knexfile.mjs", "export default"],
    ["knexfile.js", "export default"],
    ["knexfile.cts", "module.exports ="],
    ["knexfile.mts", "export default"],
  ])("may be %s", async (name, prefix) => {
    project.write(
      name,
      `${prefix} { client: "pg", connection: "postgres://nobody:secret@127.0.0.1:1/none" };`,
    );
    expect(await problemOf(() => list(name))).toMatchObject({ code: "database.unreachable" });
  });

  it("gives paths relative to itself, wherever the command runs", async () => {
    project.write("config/knexfile.ts", `${sqlite}\nexport default config;`);
    project.write("config/migrations/20260102_tasks.ts", createTable("tasks"));
    const before = process.cwd();
    expect(await list("config/knexfile.ts")).toEqual(["20260102_tasks.ts"]);
    expect(process.cwd()).toBe(before);
    project.remove("config/data.sqlite");
  });

  it.each([
    ["export default 1;", "knexfile.invalid"],
    ["export default {};", "knexfile.invalid"],
    ["export default { connection: {} };", "knexfile.invalid"],
    ['export default { production: { client: "pg" } };', "knexfile.environment.unknown"],
  ])("is refused as %s", async (text, code) => {
    project.write("knexfile.ts", text);
    expect(await problemOf(() => list())).toMatchObject({
      code,
      message: expect.stringContaining('"knexfile.ts"') as string,
    });
  });

  it.each([
    ["", "development"],
    ["staging", "staging"],
  ])("is read, under NODE_ENV=%s, for %s", (value, environment) => {
    vi.stubEnv("NODE_ENV", value);
    expect(findEnvironment({})).toBe(environment);
    expect(findEnvironment({ environment: "test" })).toBe("test");
    vi.unstubAllEnvs();
  });

  it("says which environments there are", async () => {
    project.write(
      "knexfile.ts",
      'export default { staging: { client: "pg" }, production: { client: "pg" } };',
    );
    expect(await problemOf(() => list())).toMatchObject({
      message:
        'The knexfile "knexfile.ts" has no configuration "development"; it has "staging", "production".',
      hint: "Choose one by NODE_ENV, such as: NODE_ENV=staging",
    });
  });

  it("is named where it is missing", async () => {
    expect(await problemOf(() => list("other.ts"))).toMatchObject({
      code: "knexfile.missing",
      message: 'There is no knexfile "other.ts".',
    });
    const options = { ...project.options, knexfile: undefined };
    expect(await problemOf(() => readStatus(options))).toMatchObject({ code: "knexfile.missing" });
  });

  it.each([
    ["knexfile.ts", 'const a: string = "";\n\nthrow new Error("no DATABASE_URL.");\n', 3, "no DATABASE_URL."],
    ["knexfile.mjs", '\nthrow new Error("no DATABASE_URL.");\n', 2, "no DATABASE_URL."],
    ["knexfile.ts", "export default () => {\n  return missing.url;\n};\n", 2, "missing is not defined."],
    ["knexfile.ts", "const a = 1;\nconst b = = 2;\n", 2, "ParseError: Unexpected token."],
  ])("is named with the line where it fails: %s", async (name, text, line, message) => {
    project.write(name, text);
    expect(await problemOf(() => list(name))).toMatchObject({
      code: "knexfile.failed",
      message: `The knexfile "${name}" cannot be loaded: ${message}`,
      location: { path: name, line },
      frame: expect.stringContaining(`> ${line} | `) as string,
    });
  });
});

describe("the project's modules", () => {
  it("are each loaded once, by whatever way they are imported", async () => {
    project.write("node_modules/counted/package.json", '{ "type": "module", "main": "index.js" }');
    const count = (name: string) =>
      `globalThis.loaded ??= [];\nglobalThis.loaded.push("${name}");\nexport const ready = true;\n`;
    project.write("node_modules/counted/index.js", count("package"));
    project.write(
      "src/shared.ts",
      `import "counted";\n${count("shared").replaceAll("globalThis", "(globalThis as any)")}`,
    );
    project.write(
      "knexfile.ts",
      `import "./src/shared.js";\nimport "counted";\n${sqlite}\nexport default config;`,
    );
    const migration = `import "../src/shared.js";\nimport "counted";\n${createTable("notes")}`;
    project.write("migrations/20260102_notes.ts", migration);
    const { migrate } = await import("../../../src/host/migrate/migrator.js");
    await migrate(project.options);
    expect((globalThis as { loaded?: string[] }).loaded?.toSorted()).toEqual(["package", "shared"]);
  });

  it("meet the project's own Knex", async () => {
    const text = createTable("notes").replace(
      "await knex",
      'const own = (await import("knex")).default;\n  if (!(knex.client instanceof own.Client)) throw new Error("another Knex");\n  await knex',
    );
    project.write("migrations/20260102_notes.ts", text);
    const { migrate } = await import("../../../src/host/migrate/migrator.js");
    expect(await migrate(project.options)).toHaveLength(2);
  });

  it("are told to install Knex where they have none", async () => {
    project.remove("node_modules/knex");
    expect(await problemOf(() => list())).toMatchObject({
      code: "knex.missing",
      hint: "Install it: npm install knex",
    });
  });

  it("are told to install the driver that the knexfile names", async () => {
    project.write("knexfile.ts", 'export default { client: "mysql2", connection: {} };');
    expect(await problemOf(() => list())).toMatchObject({
      code: "database.driver.missing",
      hint: "Install it: npm install mysql2",
    });
  });
});
