import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { findClaims } from "./claims.js";
import { listSources, root, type Page } from "./page.js";
import { buildSource } from "./page-source.js";
import { listStages, type Stage } from "./recipe-project.js";

const knexfile = `import type { Knex } from "knex"; const config: Knex.Config = {}; export default config;`;

/** In the project, so that packages are found; nothing is written there. */
const folder = join(root, ".docs");

/**
 * Compiles the blocks of pages, each part of a page a module in the project that belongs to it, as strictly as ashlar
 * itself, and gives what does not hold: errors, and errors that a page claims and the compiler does not find.
 */
export async function compilePages(pages: readonly Page[]): Promise<string[]> {
  const stages = (await Promise.all(pages.map((page) => listStages(page)))).flat();
  const modules = stages
    .filter(({ page }) => listSources(page).length > 0)
    .map((stage, index) => ({ ...stage, folder: join(folder, String(index)) }));
  const texts = new Map(modules.flatMap(listFiles));
  const program = createProgram(
    texts,
    modules.map((module) => join(module.folder, "page.ts")),
  );
  return modules.flatMap((module) => {
    const { before, path } = { before: `${module.folder}/`, path: join(module.folder, "page.ts") };
    const files = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(before));
    return files.flatMap((file) =>
      findProblems(
        program,
        file,
        file.fileName === path ? module.page.path : file.fileName.replace(before, ""),
      ),
    );
  });
}

function listFiles(module: Stage & { readonly folder: string }): (readonly [path: string, text: string])[] {
  const files = Object.entries({
    ...module.files,
    "knexfile.ts": knexfile,
    "page.ts": buildSource(module.page),
  });
  return files.map(([path, text]) => [join(module.folder, path), text]);
}

function createProgram(texts: ReadonlyMap<string, string>, roots: readonly string[]): ts.Program {
  const options = readOptions();
  const host = ts.createCompilerHost(options);
  const read = (path: string): string | undefined => texts.get(path) ?? readDisk(path);
  return ts.createProgram(roots, options, {
    ...host,
    fileExists: (path) => texts.has(path) || existsSync(path),
    directoryExists: (path) => path.startsWith(folder) || host.directoryExists?.(path) === true,
    readFile: read,
    getSourceFile: (path, target) => {
      const text = read(path);
      return text === undefined ? undefined : ts.createSourceFile(path, text, target);
    },
  });
}

function readDisk(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

/** Those of the project; names that an example declares and does not use are no error. */
function readOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), readDisk) as {
    readonly config: { readonly compilerOptions: object };
  };
  const json = {
    ...config.compilerOptions,
    noUnusedLocals: false,
    noUnusedParameters: false,
    paths: { ashlar: ["./src/runtime/index.ts"], "ashlar/*": ["./src/databases/*.ts"] },
  };
  return ts.convertCompilerOptionsFromJson(json, root).options;
}

function findProblems(program: ts.Program, file: ts.SourceFile, path: string): string[] {
  const claims = findClaims(file).filter(({ claim }) => claim.isTypeError);
  const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
    ({ start = 0, messageText }) => ({ start, message: ts.flattenDiagnosticMessageText(messageText, "\n") }),
  );
  const isInside = ({ statement }: (typeof claims)[number], start: number): boolean =>
    statement.getStart(file) <= start && start < statement.end;
  const unexpected = found.filter(({ start }) => !claims.some((claim) => isInside(claim, start)));
  const missing = claims.filter((claim) => !found.some(({ start }) => isInside(claim, start)));
  const lineOf = (start: number): string => String(file.getLineAndCharacterOfPosition(start).line + 1);
  return [
    ...unexpected.map(({ start, message }) => `${path}:${lineOf(start)} ${message}`),
    ...missing.map(({ line }) => `${path}:${String(line)} is no type error`),
  ];
}
