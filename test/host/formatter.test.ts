import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import { createDiskTree } from "../../src/host/disk-tree.js";
import { createFormatter } from "../../src/host/formatter.js";
import { createProjectFolder } from "./temporary-project.js";

const text =
  'export const user = { name: "Ada", born: 1815 }; export function greet(name: string) { return [`Hello`, name]; }\n';
const byDefault = `export const user = { name: "Ada", born: 1815 };
export function greet(name: string) {
  return [\`Hello\`, name];
}
`;
const single = `export const user = { name: 'Ada', born: 1815 }
export function greet(name: string) {
    return [\`Hello\`, name]
}
`;

function openFormatter(files: Readonly<Record<string, string>>, prepare?: (root: string) => void) {
  const root = createProjectFolder({ "package.json": "{}", ".git/HEAD": "", ...files });
  prepare?.(root);
  return createFormatter({
    root,
    files: createDiskTree(root),
    settings: { source: "src", migrations: "migrations" },
  });
}

/** The Prettier of this package, as a project would have it. */
function installPrettier(root: string): void {
  mkdirSync(join(root, "node_modules"));
  const folder = dirname(createRequire(import.meta.url).resolve("prettier/package.json"));
  symlinkSync(folder, join(root, "node_modules/prettier"));
}

/** A Prettier that shows by its output that it is the one that was asked. */
function installOtherPrettier(root: string, version: string): void {
  const folder = join(root, "node_modules/prettier");
  mkdirSync(folder, { recursive: true });
  const plugins = join(folder, "plugins");
  mkdirSync(plugins);
  const format = `export const format = async (text, options) => "// " + ${JSON.stringify(version)} + " " + options.parser + "\\n" + text;`;
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "prettier", version }));
  writeFileSync(join(folder, "standalone.mjs"), format);
  writeFileSync(join(plugins, "typescript.mjs"), "export const parsers = {};");
  writeFileSync(join(plugins, "estree.mjs"), "export const printers = {};");
  const whole = `exports.resolveConfig = async (file) => ({ parser: "of " + require("path").basename(file) });`;
  writeFileSync(
    join(folder, "index.js"),
    `${whole} exports.format = (text, options) => "// whole " + options.parser + "\\n" + text;`,
  );
}

describe("a new file in a project without Prettier", () => {
  test("is formatted as Prettier does by default where there is nothing to go by", async () => {
    expect(await openFormatter({}).formatNew("src/a.ts", text)).toBe(byDefault);
  });

  test("takes the style of the project's files", async () => {
    const formatter = openFormatter({
      "src/a.ts":
        "import { b } from './b'\n\nexport class A {\n    run() {\n        return 'text'\n    }\n}\n",
      "src/generated.d.ts": 'export declare const a: "b";\n',
    });
    expect(await formatter.formatNew("src/deep/b.ts", text)).toBe(single);
  });

  test("takes tabs and the ends of lines too", async () => {
    const formatter = openFormatter({
      "src/a.ts": 'export class A {\r\n\trun() {\r\n\t\treturn "text";\r\n\t}\r\n}\r\n',
    });
    expect(await formatter.formatNew("src/b.ts", text)).toBe(
      byDefault.replaceAll("  ", "\t").replaceAll("\n", "\r\n"),
    );
  });

  test("takes no style from files that show none of it", async () => {
    const quiet = "export const nothing = null;\n";
    const formatter = openFormatter({
      "src/a.ts": quiet,
      "src/b.ts":
        "import {b} from './b'\n\nexport class A {\n    list = [\n        'a',\n        'b'\n    ]\n}\nb()\nb()\n",
      "src/c.ts": quiet.replace(";", ""),
      "src/d.ts": "export {}\n",
    });
    const list =
      "export const places = { name: 'a'.repeat(2), list: ['London', 'Paris', 'Berlin', 'Madrid'] };\n";
    expect(await formatter.formatNew("src/e.ts", list)).toBe(
      "export const places = {\n    name: 'a'.repeat(2),\n    list: ['London', 'Paris', 'Berlin', 'Madrid']\n}\n",
    );
    expect(await formatter.formatNew("src/e.ts", "export { a } from 'a';\n")).toBe("export {a} from 'a'\n");
  });

  test("takes its indentation from .editorconfig first", async () => {
    const formatter = openFormatter({
      "src/a.ts": "export class A {\n  run() {\n    return 'text';\n  }\n}\n",
      ".editorconfig": "root = true\n[*]\nindent_style = space\nindent_size = 4\n[*.md]\nindent_size = 8\n",
    });
    expect(await formatter.formatNew("src/b.ts", text)).toBe(
      byDefault.replaceAll("  ", "    ").replaceAll('"', "'"),
    );
  });
});

test("a new file is as wide as the project's files are, and ends its lists as they do", async () => {
  const wide =
    "const someLettersOfGreece = [alpha, beta, gamma, delta, epsilon, zeta, eta, theta, iota, kappa];\n";
  const list = "export const list = {\n  first: 1,\n  second: 2\n};\n";
  const formatter = openFormatter({
    "src/a.ts": list,
    "src/b.ts": wide,
    "src/c.d.ts": `${"x".repeat(150)}\n`,
  });
  expect(await formatter.formatNew("src/d.ts", wide)).toBe(wide);
  expect(await formatter.formatNew("src/d.ts", wide.replace("kappa", "kappa, lambda"))).toContain(
    "  lambda\n];",
  );
});

test("a nearer .editorconfig that is a root hides those above it", async () => {
  const formatter = openFormatter({
    ".prettierrc": "{}",
    ".editorconfig": "[*]\nmax_line_length = 20\n",
    "src/.editorconfig": "root = true\n[*]\nindent_style = space\nindent_size = 4\n",
  });
  expect(await formatter.formatNew("src/a.ts", text)).toBe(byDefault.replaceAll("  ", "    "));
});

describe("a new file in a project with Prettier's configuration", () => {
  const options = { semi: false, singleQuote: true, tabWidth: 4 };

  test.each([
    ["a .prettierrc in JSON", { ".prettierrc": JSON.stringify(options) }],
    [
      "a .prettierrc in YAML",
      { ".prettierrc": "# ours\nsemi: false\nsingleQuote: true # so\ntabWidth: 4\n" },
    ],
    ["a .prettierrc.json", { ".prettierrc.json": JSON.stringify({ $schema: "x", ...options }) }],
    ["package.json", { "package.json": JSON.stringify({ prettier: options }) }],
    [
      ".editorconfig beside it",
      {
        ".prettierrc": '{ "semi": false, "singleQuote": true }',
        ".editorconfig": "[*.{ts,js}]\nindent_style=space\nindent_size=4\n",
      },
    ],
    ["a nearer one", { ".prettierrc": '{ "semi": true }', "src/.prettierrc": JSON.stringify(options) }],
  ])("takes %s, be Prettier installed or not", async (_, files: Readonly<Record<string, string>>) => {
    expect(await openFormatter(files).formatNew("src/a.ts", text)).toBe(single);
    expect(await openFormatter(files, installPrettier).formatNew("src/a.ts", text)).toBe(single);
  });

  test.each([
    ["overrides", { ".prettierrc": JSON.stringify({ overrides: [{ files: "src/**", options }] }) }],
    [
      "a .prettierrc of more than plain lines",
      {
        ".prettierrc":
          "semi: false\noverrides:\n  - files: '*.ts'\n    options: { singleQuote: true, tabWidth: 4 }\n",
      },
    ],
    ["a program", { "prettier.config.mjs": `export default ${JSON.stringify(options)};` }],
    [
      "a .prettierrc.yaml",
      {
        ".prettierrc.yaml":
          "overrides:\n  - files: '*.ts'\n    options: { semi: false, singleQuote: true, tabWidth: 4 }\n",
      },
    ],
    [
      "a shared configuration",
      { "package.json": '{ "prettier": "./shared.json" }', "shared.json": JSON.stringify(options) },
    ],
    [
      ".editorconfig with folders",
      {
        ".prettierrc": '{ "semi": false, "singleQuote": true }',
        ".editorconfig": "[src/**.ts]\nindent_style=space\nindent_size=4\n",
      },
    ],
  ])("has the installed Prettier itself read %s", async (_, files: Readonly<Record<string, string>>) => {
    expect(await openFormatter(files, installPrettier).formatNew("src/a.ts", text)).toBe(single);
  });

  test("has the project's plugins run", async () => {
    const plugin = `import { parsers as given } from "prettier/plugins/typescript";
      export const parsers = { typescript: { ...given.typescript, preprocess: (text) => text.replaceAll("Ada", "Grace") } };`;
    const formatter = openFormatter(
      {
        "package.json": '{ "prettier": { "plugins": ["shout"] } }',
        "node_modules/shout/package.json": '{ "name": "shout", "type": "module", "main": "index.js" }',
        "node_modules/shout/index.js": plugin,
      },
      (root) =>
        cpSync(
          dirname(createRequire(import.meta.url).resolve("prettier/package.json")),
          join(root, "node_modules/prettier"),
          { recursive: true },
        ),
    );
    expect(await formatter.formatNew("src/a.ts", text)).toBe(byDefault.replace("Ada", "Grace"));
  });

  test("is formatted by the version that is installed", async () => {
    const plain = openFormatter({ ".prettierrc": "{}" }, (root) => installOtherPrettier(root, "3.0.1"));
    expect(await plain.formatNew("src/a.ts", text)).toBe(`// 3.0.1 typescript\n${text}`);
    const old = openFormatter({ ".prettierrc": "{}" }, (root) => installOtherPrettier(root, "2.8.8"));
    expect(await old.formatNew("src/a.ts", text)).toBe(`// whole of a.ts\n${text}`);
  });

  test("is formatted by an installed Prettier without configuration only where package.json lists it", async () => {
    const install = (root: string) => installOtherPrettier(root, "3.0.1");
    const listed = openFormatter({ "package.json": '{ "devDependencies": { "prettier": "3" } }' }, install);
    expect(await listed.formatNew("src/a.ts", text)).toBe(`// 3.0.1 typescript\n${text}`);
    expect(await openFormatter({}, install).formatNew("src/a.ts", text)).toBe(byDefault);
  });

  test("is left as it is where Prettier would leave it", async () => {
    const ignored = openFormatter({ ".prettierrc": "{}", ".prettierignore": "migrations/\n" });
    expect(await ignored.formatNew("migrations/1.ts", text)).toBe(text);
    expect(await ignored.formatPatched("migrations/1.ts", byDefault, text)).toBe(text);
    expect(await ignored.formatNew("src/a.ts", text)).toBe(byDefault);
    const untracked = openFormatter({ ".prettierrc": "{}", ".gitignore": "*.local.ts" });
    expect(await untracked.formatNew("src/a.local.ts", text)).toBe(text);
  });

  test("is refused with Prettier's words where the configuration is wrong", async () => {
    const formatter = openFormatter({ ".prettierrc": '{ "tabWidth": "wide" }' });
    await expect(formatter.formatNew("src/a.ts", text)).rejects.toMatchObject({
      code: "format.failed",
      message: expect.stringMatching(/^Prettier cannot format "src\/a.ts": .*tabWidth.*wide/s) as string,
    });
  });
});

describe("a patched file", () => {
  const patched = byDefault.replace("born: 1815", "born: 1815,died: 1852");
  const clean = byDefault.replace("born: 1815", "born: 1815, died: 1852");

  test("that was clean stays clean", async () => {
    expect(await openFormatter({ ".prettierrc": "{}" }).formatPatched("src/a.ts", byDefault, patched)).toBe(
      clean,
    );
    const installed = openFormatter({ ".prettierrc": "{}" }, installPrettier);
    expect(await installed.formatPatched("src/a.ts", byDefault, patched)).toBe(clean);
  });

  test.each([
    ["was not clean", `${byDefault}\n\n`],
    ["ends its lines otherwise", byDefault.replaceAll("\n", "\r\n")],
    ["does not parse", "export class {"],
  ])("that %s stays as the patch left it", async (_, before) => {
    expect(await openFormatter({ ".prettierrc": "{}" }).formatPatched("src/a.ts", before, patched)).toBe(
      patched,
    );
  });

  test("stays as the patch left it where the project does not use Prettier", async () => {
    expect(await openFormatter({}).formatPatched("src/a.ts", byDefault, patched)).toBe(patched);
    expect(await openFormatter({ "src/a.ts": byDefault }).formatPatched("src/a.ts", byDefault, patched)).toBe(
      patched,
    );
  });
});

describe("lines may be as wide", () => {
  const find = (files: Readonly<Record<string, string>>, prepare?: (root: string) => void) =>
    openFormatter(files, prepare).findPrintWidth?.("src/a.ts");

  test.each([
    ["as Prettier has them by default", {}, 80],
    ["as its configuration says", { ".prettierrc": "printWidth: 110\n" }, 110],
    ["as a nearer one says", { ".prettierrc": "printWidth: 110\n", "src/.prettierrc": "{}" }, 80],
    ["as .editorconfig says", { ".prettierrc": "{}", ".editorconfig": "[*]\nmax_line_length = 90\n" }, 90],
    ["as they like", { ".prettierrc": "{}", ".editorconfig": "[*]\nmax_line_length = off\n" }, Infinity],
  ])("%s, be Prettier installed or not", async (_, files: Readonly<Record<string, string>>, width) => {
    expect(await find(files)).toBe(width);
    expect(await find(files, installPrettier)).toBe(width);
  });

  test.each([
    ["overrides", '{ "overrides": [{ "files": "src/**", "options": { "printWidth": 120 } }] }', 120],
    [
      "overrides of other files",
      '{ "printWidth": 90, "overrides": [{ "files": "*.md", "options": {} }] }',
      90,
    ],
    ["plugins that are not there", '{ "printWidth": 90, "plugins": ["none"] }', 90],
  ])("as the installed Prettier reads of %s", async (_, config, width) => {
    expect(await find({ ".prettierrc": config }, installPrettier)).toBe(width);
  });

  test("as a program says, and as by default where it fails", async () => {
    const wide = { "prettier.config.mjs": "export default { printWidth: 130 };" };
    expect(await find(wide, installPrettier)).toBe(130);
    expect(await find({ "prettier.config.mjs": "throw new Error();" }, installPrettier)).toBe(80);
  });

  test("as the project's files are where it has no Prettier, unless .editorconfig says", async () => {
    const files = { "src/b.ts": `const a = [${"alpha, ".repeat(12)}];\n` };
    expect(await find(files)).toBe(100);
    expect(await find({ ...files, ".editorconfig": "[*]\nmax_line_length = 140\n" })).toBe(140);
  });
});

test("files that are not TypeScript stay as they are", async () => {
  const formatter = openFormatter({ ".prettierrc": "{}" });
  expect(await formatter.formatNew("migrations/snapshot/a.json", "{ }")).toBe("{ }");
  expect(await formatter.formatNew("README.md", "* a")).toBe("* a");
  expect(await formatter.formatNew("src/a.mts", text)).toBe(byDefault);
});
