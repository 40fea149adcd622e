import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ProjectFiles } from "./ring-files.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The compilers that the types have to work with, by version. */
export const COMPILERS = {
  "5.9": join(root, "node_modules/typescript/bin/tsc"),
  "7.0": join(root, "node_modules/typescript7/bin/tsc"),
} as const;

export type CompilerVersion = keyof typeof COMPILERS;

export interface Compilation {
  /** What the compiler said, a line each; empty where it found no error. */
  readonly errors: readonly string[];
  readonly instantiations: number;
  readonly checkSeconds: number;
  readonly totalSeconds: number;
}

/** A folder in which projects are compiled against the built types of ashlar; `dispose` removes it. */
export interface TypeWorkspace {
  readonly folder: string;
  dispose(): Promise<void>;
}

const PROJECT = {
  compilerOptions: {
    target: "ES2022",
    lib: ["ES2023"],
    module: "NodeNext",
    moduleResolution: "NodeNext",
    types: [],
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    verbatimModuleSyntax: true,
    skipLibCheck: true,
    declaration: true,
    emitDeclarationOnly: true,
    outDir: "declarations",
  },
  exclude: ["declarations"],
};

/** Builds the types of the runtime and installs them as the package `ashlar`, with knex and drizzle-orm beside it. */
export async function createTypeWorkspace(): Promise<TypeWorkspace> {
  const folder = await mkdtemp(join(tmpdir(), "ashlar-types-"));
  const installed = join(folder, "node_modules/ashlar");
  await mkdir(installed, { recursive: true });
  await writeFile(join(installed, "package.json"), await readFile(join(root, "package.json")));
  await buildTypes(join(folder, "build"), join(installed, "dist"));
  for (const name of ["knex", "drizzle-orm"]) {
    await symlink(join(root, "node_modules", name), join(folder, "node_modules", name), "dir");
  }
  return { folder, dispose: () => rm(folder, { recursive: true, force: true }) };
}

async function buildTypes(project: string, outDir: string): Promise<void> {
  const config = {
    extends: join(root, "tsconfig.json"),
    compilerOptions: {
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      rootDir: join(root, "src"),
      outDir,
      typeRoots: [join(root, "node_modules/@types")],
    },
    files: [join(root, "src/runtime/index.ts")],
    include: [],
  };
  await mkdir(project, { recursive: true });
  await writeFile(join(project, "tsconfig.json"), JSON.stringify(config));
  const { errors } = await runCompiler("5.9", project);
  if (errors.length > 0) throw new Error(`The types of the runtime do not build:\n${errors.join("\n")}`);
}

/** Writes a project into a workspace; gives its folder. */
export async function writeProject(
  workspace: TypeWorkspace,
  name: string,
  files: ProjectFiles,
): Promise<string> {
  const folder = join(workspace.folder, name);
  const all = new Map([
    ...files,
    ["package.json", JSON.stringify({ type: "module" })],
    ["tsconfig.json", JSON.stringify(PROJECT)],
  ]);
  for (const [path, text] of all) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

/** Compiles the project in a folder, with options if need be, and reads the compiler's own figures. */
export async function runCompiler(
  version: CompilerVersion,
  project: string,
  options: readonly string[] = [],
): Promise<Compilation> {
  const output = await runTsc(version, ["-p", project, ...options]);
  return {
    errors: output.split("\n").filter((line) => line.includes("error TS")),
    instantiations: readFigure(output, "Instantiations"),
    checkSeconds: readFigure(output, "Check time"),
    totalSeconds: readFigure(output, "Total time"),
  };
}

function runTsc(version: CompilerVersion, options: readonly string[]): Promise<string> {
  const args = [COMPILERS[version], ...options, "--extendedDiagnostics", "--pretty", "false"];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (stdout.includes("Total time")) resolve(stdout);
      else reject(new Error(`TypeScript ${version} did not finish.\n${stdout}${stderr}`, { cause: error }));
    });
  });
}

function readFigure(output: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+([\\d.]+)`, "m").exec(output)?.[1]);
}

/** The bytes of all declarations that compiling a project wrote. */
export async function measureDeclarations(project: string): Promise<number> {
  const folder = join(project, "declarations");
  const paths = await readdir(folder, { recursive: true });
  const declarations = paths.filter((path) => path.endsWith(".d.ts"));
  const texts = await Promise.all(declarations.map((path) => readFile(join(folder, path))));
  return texts.reduce((sum, text) => sum + text.byteLength, 0);
}
