import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openSettings } from "../../src/host/detect.js";
import { createDiskTree } from "../../src/host/disk-tree.js";
import { createProjectFolder } from "./temporary-project.js";

async function open(files: Readonly<Record<string, string>>) {
  const root = createProjectFolder({ "package.json": "{}", ...files });
  return openSettings(root, createDiskTree(root));
}

async function openOne<Key extends keyof Awaited<ReturnType<typeof open>>["settings"]>(
  key: Key,
  files: Readonly<Record<string, string>>,
) {
  return (await open(files)).settings[key];
}

function tsconfig(compilerOptions: object, more: object = {}): Readonly<Record<string, string>> {
  return { "tsconfig.json": JSON.stringify({ compilerOptions, ...more }) };
}

const esm = { "package.json": '{ "type": "module" }' };

describe("a project without ashlar.config.json", () => {
  test("that says nothing has the usual settings", async () => {
    expect(await open({})).toEqual({
      settings: {
        source: "src",
        migrations: "migrations",
        attributeCase: "camelCase",
        fileCase: "kebab-case",
        importExtension: "",
        paths: {},
        database: "pglite",
      },
      findings: [
        { setting: "source", value: "src", from: "default" },
        { setting: "migrations", value: "migrations", from: "default" },
        { setting: "database", value: "pglite", from: "default" },
        { setting: "attributeCase", value: "camelCase", from: "default" },
        { setting: "fileCase", value: "kebab-case", from: "default" },
        { setting: "importExtension", value: "", from: "package.json" },
      ],
    });
  });

  test("is read as it stands, and each setting says where it comes from", async () => {
    const { settings, findings } = await open({
      ...esm,
      ...tsconfig({ module: "NodeNext", paths: { "@/*": ["./app/*"] } }),
      "db/knexfile.ts": 'export default { client: "better-sqlite3", migrations: { directory: "./steps" } }',
      "app/accounts/user_role.ts":
        "export class UserRole extends resource({ attributes: {\n  id: uuid(),\n  joined_at: datetime() } }) {}",
    });
    expect(settings).toEqual({
      source: "app",
      migrations: "db/steps",
      knexfile: "db/knexfile.ts",
      attributeCase: "snake_case",
      fileCase: "snake_case",
      importExtension: ".js",
      paths: { "@/*": ["app/*"] },
      database: "sqlite",
    });
    expect(Object.fromEntries(findings.map(({ setting, from }) => [setting, from]))).toEqual({
      source: "the folder app",
      migrations: "db/knexfile.ts",
      knexfile: "its name",
      database: "db/knexfile.ts",
      attributeCase: "the files in app",
      fileCase: "the files in app",
      importExtension: "tsconfig.json",
      paths: "tsconfig.json",
    });
  });
});

test("ashlar.config.json goes before what would be detected", async () => {
  const config = { source: "lib", database: "postgres", fileCase: "PascalCase", importExtension: ".ts" };
  const { settings, findings } = await open({
    "ashlar.config.json": JSON.stringify(config),
    "src/user-task.ts": "",
    "knexfile.js": 'module.exports = { client: "mysql2" }',
  });
  expect(settings).toMatchObject({ ...config, knexfile: "knexfile.js", migrations: "migrations" });
  expect(findings).toContainEqual({ setting: "database", value: "postgres", from: "ashlar.config.json" });
});

describe("the source folder", () => {
  test("is the compiler's rootDir, where that is a folder in the project", async () => {
    expect(await openOne("source", { ...tsconfig({ rootDir: "./code" }), "src/a.ts": "" })).toBe("code");
    expect(await openOne("source", { ...tsconfig({ rootDir: "." }), "lib/a.ts": "" })).toBe("lib");
  });
});

describe("the migrations folder", () => {
  test("is beside the knexfile unless that says otherwise", async () => {
    expect(await openOne("migrations", { "db/knexfile.mjs": "export default {}" })).toBe("db/migrations");
  });

  test("is the one that is there where the knexfile computes it", async () => {
    const files = {
      "knexfile.ts": "export default { migrations: { directory } }",
      "database/migrations/1.ts": "",
    };
    expect(await openOne("migrations", files)).toBe("database/migrations");
  });
});

describe("the database", () => {
  test("of several environments is PostgreSQL, where one is", async () => {
    const knexfile = 'export default { development: { client: "sqlite3" }, production: { client: "pg" } }';
    expect(await openOne("database", { "knexfile.ts": knexfile })).toBe("postgres");
  });

  test("is that of the application's packages before those of development", async () => {
    const manifest = (packages: object) => ({ "package.json": JSON.stringify(packages) });
    const both = { dependencies: { libsql: "1" }, devDependencies: { "@electric-sql/pglite": "1", pg: "1" } };
    expect(await openOne("database", manifest(both))).toBe("sqlite");
    expect(await openOne("database", manifest({ devDependencies: both.devDependencies }))).toBe("postgres");
  });

  test("that ashlar does not write for is refused by name, not taken for another", async () => {
    const knexfile = { "knexfile.ts": 'export default { client: "mysql2" }' };
    await expect(open(knexfile)).rejects.toMatchObject({
      code: "database.unsupported",
      message: expect.stringContaining('"mysql2" in knexfile.ts') as string,
    });
  });
});

describe("the end of relative imports", () => {
  const imports = (path: string) => ({ "src/a.ts": `import { b } from "${path}";` });

  test.each([
    ["NodeNext in an ES module package", { module: "NodeNext" }, esm, ".js"],
    ["Node16 in a CommonJS package", { module: "Node16" }, {}, ".js"],
    ["node20 resolution", { module: "node20" }, esm, ".js"],
    ["a bundler", { module: "ESNext", moduleResolution: "bundler" }, esm, ""],
    ["preserve", { module: "preserve" }, esm, ""],
    ["CommonJS", { module: "commonjs" }, {}, ""],
    ["rewritten extensions", { module: "nodenext", rewriteRelativeImportExtensions: true }, esm, ".ts"],
  ])("for %s", async (_, options, manifest, extension) => {
    expect(await openOne("importExtension", { ...tsconfig(options), ...manifest })).toBe(extension);
  });

  test("without a tsconfig goes by the package's module kind", async () => {
    expect(await openOne("importExtension", esm)).toBe(".js");
  });

  test("is what the files do, where the settings allow it", async () => {
    const bundler = tsconfig({
      module: "esnext",
      moduleResolution: "bundler",
      allowImportingTsExtensions: true,
    });
    expect(await openOne("importExtension", { ...bundler, ...imports("./b.ts") })).toBe(".ts");
    expect(await openOne("importExtension", { ...bundler, ...imports("./b.js") })).toBe(".js");
    expect(await openOne("importExtension", { ...bundler, ...imports("./b") })).toBe("");
    expect(await openOne("importExtension", { ...bundler, ...imports("./b.css") })).toBe("");
    const strict = { ...tsconfig({ module: "nodenext" }), ...esm };
    expect(await openOne("importExtension", { ...strict, ...imports("./b") })).toBe(".js");
    expect(await openOne("importExtension", { ...strict, ...imports("./b.ts") })).toBe(".js");
  });
});

describe("the tsconfig", () => {
  test("is read with what it extends, its paths relative to where they stand", async () => {
    const { settings } = await open({
      ...esm,
      "config/base.json":
        '{ "compilerOptions": { "module": "nodenext", "paths": { "#lib/*": ["../src/lib/*"] } } } // base',
      "tsconfig.json": '{ "extends": "./config/base.json", }',
    });
    expect(settings).toMatchObject({ importExtension: ".js", paths: { "#lib/*": ["src/lib/*"] } });
  });

  test("may name single modules and any module", async () => {
    const paths = {
      "#db": ["./src/db.ts"],
      "*": ["./types/*", "./vendor/*"],
      "@/*": ["./src/*"],
      "@/ui/*": ["./ui/*"],
    };
    expect(await openOne("paths", tsconfig({ paths }))).toEqual({
      "#db": ["src/db.ts"],
      "*": ["types/*", "vendor/*"],
      "@/*": ["src/*"],
      "@/ui/*": ["ui/*"],
    });
  });

  test("may be one above the project, its paths leading there", async () => {
    const root = createProjectFolder({
      ...tsconfig({ baseUrl: ".", paths: { "@shop/*": ["packages/*/src"] } }),
      "packages/a/package.json": "{}",
    });
    const { settings } = await openSettings(
      join(root, "packages/a"),
      createDiskTree(join(root, "packages/a")),
    );
    expect(settings.paths).toEqual({ "@shop/*": ["../*/src"] });
  });

  test("may only refer to others: that of the application counts", async () => {
    const references = {
      files: [],
      references: [{ path: "./tsconfig.node.json" }, { path: "./tsconfig.app.json" }],
    };
    const { settings } = await open({
      "tsconfig.json": JSON.stringify(references),
      "tsconfig.node.json": '{ "compilerOptions": { "module": "nodenext" } }',
      "tsconfig.app.json":
        '{ "compilerOptions": { "moduleResolution": "bundler", "paths": { "~/*": ["./src/*"] } } }',
    });
    expect(settings).toMatchObject({ importExtension: "", paths: { "~/*": ["src/*"] } });
  });

  test("that extends what is not installed is named", async () => {
    await expect(
      open({ "tsconfig.json": '{ "extends": "@tsconfig/node20/tsconfig.json" }' }),
    ).rejects.toMatchObject({
      code: "tsconfig.unreadable",
      message: expect.stringMatching(
        /^Cannot read "tsconfig.json": .*@tsconfig\/node20.* npm install/,
      ) as string,
    });
  });
});

describe("the spelling of attributes and files", () => {
  const resource = (attributes: string) =>
    `export class A extends resource({\n  attributes: { ${attributes} },\n}) {}`;

  test("is that of the resources, whatever other files do", async () => {
    const { settings } = await open({
      "src/components/UserCard.ts": "",
      "src/components/UserList.ts": "",
      "src/user_role.ts": resource(
        "id: uuid(), first_name: string(), lastName: string(), last_login: date()",
      ),
    });
    expect(settings).toMatchObject({ attributeCase: "snake_case", fileCase: "snake_case" });
  });

  test("is not told by relationships", async () => {
    const relationships = "userTasks: hasMany(() => UserTask),\n    joinRows: hasMany(() => JoinRow),";
    const text = resource("first_name: string()").replace(
      "{}",
      `{\n  static readonly relationships = {\n    ${relationships}\n  };\n}`,
    );
    expect(await openOne("attributeCase", { "src/a.ts": text })).toBe("snake_case");
  });

  test.each([
    ["userRole.ts", "camelCase"],
    ["User.ts", "PascalCase"],
    ["user-role.test.ts", "kebab-case"],
    ["user.ts", "kebab-case"],
  ])("%s is %s", async (name, fileCase) => {
    expect(await openOne("fileCase", { [`src/${name}`]: resource("id: uuid()") })).toBe(fileCase);
  });

  test("of files is that of all sources where there is no resource yet", async () => {
    expect(await openOne("fileCase", { "src/userRole.ts": "", "src/index.ts": "" })).toBe("camelCase");
  });
});

describe("what cannot be read", () => {
  test("is named: the knexfile that ashlar.config.json speaks of", async () => {
    await expect(open({ "ashlar.config.json": '{ "knexfile": "db/knexfile.ts" }' })).rejects.toMatchObject({
      code: "knexfile.missing",
      message: expect.stringContaining(
        'ashlar.config.json: at "knexfile": there is no file "db/knexfile.ts".',
      ) as string,
    });
  });

  test("is shown with its line: a package.json with an error", async () => {
    await expect(open({ "package.json": '{\n  "type": module\n}' })).rejects.toMatchObject({
      code: "package.syntax",
      problems: [{ location: { path: "package.json", line: 2, column: 11 } }],
    });
  });

  test("a folder named as a file is not one", async () => {
    const root = createProjectFolder({ "package.json": "{}" });
    mkdirSync(join(root, "knexfile.ts"));
    expect((await openSettings(root, createDiskTree(root))).settings.knexfile).toBeUndefined();
  });
});
