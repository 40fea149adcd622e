/**
 * TypeScript is one function of nine megabytes: parser, checker, emitter, editor services. Reading and patching needs
 * the parser alone, and loading all of it is half of what a command takes. So the copy that ts-morph carries is turned
 * into a module that the bundler can take the unused parts out of. Nothing of what remains is changed: its namespaces
 * become expressions that can be dropped where nobody names them, and only the editor's registrations, which fill
 * tables for parts that are gone, and the editor's server, which nothing else refers to, are left out beforehand. Our
 * sources name what they use as `ts.something`, so those names are all that is kept.
 */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Plugin } from "rolldown";
import { ts } from "ts-morph";

/** The one module that loads the parser. */
const gateway = /[/\\]src[/\\]generator[/\\]source[/\\]parser\.ts$/;

const namespace = "\0typescript-namespace";
const module = "\0typescript-module";

export function typescriptParser(): Plugin {
  return {
    name: "typescript-parser",
    resolveId: (id, importer) => {
      if (id === "ts-morph" && importer !== undefined && gateway.test(importer)) return namespace;
      return id === module ? module : null;
    },
    load: (id) => {
      if (id === namespace) return renderNamespace(listUsedNames("src"));
      return id === module ? buildModule(readCompiler()) : null;
    },
  };
}

/** An object, not the module itself: chunks that share it would keep every export. */
function renderNamespace(names: readonly string[]): string {
  const list = names.join(", ");
  return `import { ${list} } from ${JSON.stringify(module)};\nexport const ts = { ${list} };\n`;
}

/** Every `ts.something` of our sources that is a value. */
function listUsedNames(folder: string): readonly string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".ts"),
  );
  const texts = files.map((name) => readFileSync(join(folder, name), "utf8"));
  const named = new Set(
    texts.flatMap((text) => Array.from(text.matchAll(/\bts\.(\w+)/g), ([, name = ""]) => name)),
  );
  const exported = new Set(Object.keys(ts));
  return [...named].filter((name) => exported.has(name)).sort();
}

function readCompiler(): string {
  const morph = createRequire(import.meta.url).resolve("ts-morph");
  const common = createRequire(morph).resolve("@ts-morph/common");
  return readFileSync(createRequire(common).resolve("./typescript.js"), "utf8");
}

function buildModule(compiler: string): string {
  const { before, exported, after } = takeApart(compiler);
  const body = [...listParts(before + after)].filter(isNeeded).map(freeRegistrations).join("");
  return [makeExports, freeNamespaces(freeExports(body)), renderExports(exported, body)].join("\n");
}

interface Parts {
  readonly before: string;
  /** What the function exports: `name: () => local`. */
  readonly exported: string;
  readonly after: string;
}

/** Takes off the function around the compiler, and the exports in its midst. */
function takeApart(compiler: string): Parts {
  const marks = [
    `((module) => {\n"use strict";\n`,
    "var typescript_exports = {};\n",
    "module.exports = __toCommonJS(typescript_exports);\n",
    "// Annotate the CommonJS export names for ESM import in node:\n",
  ];
  const [, before = "", exported = "", after = ""] = marks.reduce(splitLast, [compiler]);
  return { before, exported, after };
}

function splitLast(parts: readonly string[], mark: string): readonly string[] {
  const rest = parts.at(-1) ?? "";
  const index = rest.indexOf(mark);
  if (index < 0)
    throw new Error(`TypeScript is bundled in another way: there is no ${JSON.stringify(mark)}.`);
  return [...parts.slice(0, -1), rest.slice(0, index), rest.slice(index + mark.length)];
}

/** The text of each file that the compiler was made of. */
function listParts(body: string): readonly string[] {
  return body.split(/^(?=\/\/ src\/)/m);
}

function isNeeded(part: string): boolean {
  return !/^\/\/ src\/(?:server|typingsInstallerCore|deprecatedCompat|typescript)\//.test(part);
}

function freeRegistrations(part: string): string {
  return part.replace(/^(?=(?:registerRefactor|registerCodeFix)\()/gm, "/* @__PURE__ */ ");
}

const makeExports =
  "function __makeExports(all) { const target = {}; __export(target, all); return target; }";

/** `var x_exports = {}; __export(x_exports, {…});` */
function freeExports(body: string): string {
  const pattern = /^var (ts_\w+_exports) = \{\};\n__export\(\1, (\{[\s\S]*?^\})\);/gm;
  return replaceSome(body, pattern, "var $1 = /* @__PURE__ */ __makeExports($2);");
}

/** `var X; ((X2) => {…})(X || (X = {}));` */
function freeNamespaces(body: string): string {
  const pattern = /^var (\w+);\n\(\((\w+)\) => \{\n([\s\S]*?)^\}\)\(\1 \|\| \(\1 = \{\}\)\);$/gm;
  return replaceSome(body, pattern, "var $1 = /* @__PURE__ */ (($2) => {\n$3return $2;\n})({});");
}

function replaceSome(text: string, pattern: RegExp, replacement: string): string {
  const replaced = text.replace(pattern, replacement);
  if (replaced === text) throw new Error(`TypeScript is bundled in another way: nothing matches ${pattern}.`);
  return replaced;
}

/** Those of the exports that are still declared. */
function renderExports(exported: string, body: string): string {
  const declared = new Set(
    Array.from(body.matchAll(/^(?:var|let|const|class|(?:async )?function\*?) (\w+)/gm), ([, name]) => name),
  );
  const pairs = Array.from(exported.matchAll(/^ {2}(\w+): \(\) => (\w+),?$/gm), ([, name, local]) => ({
    name,
    local,
  }));
  const names = pairs
    .filter(({ local }) => declared.has(local))
    .map(({ name, local }) => `${local} as ${name}`);
  return `export { ${names.join(", ")} };\n`;
}
