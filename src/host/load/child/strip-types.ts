import { createRequire } from "node:module";
import { join } from "node:path";
import { transform } from "sucrase";

/** What a module is evaluated as. */
export type ModuleFormat = "module" | "commonjs";

export interface SourceText {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
  readonly format: ModuleFormat;
}

/**
 * JavaScript of a module's TypeScript, line by line; JavaScript is left as it is. Types are dropped without being
 * looked at, which is what makes a thousand files a matter of a fraction of a second.
 *
 * @throws what the parser says of a syntax error
 */
export function stripTypes({ path, text, format }: SourceText): string {
  const isTypeScript = /\.[cm]?tsx?$/.test(path);
  if (!isTypeScript && format === "module" && !path.endsWith("x")) return text;
  return transform(text, {
    filePath: path,
    transforms: [
      ...(isTypeScript ? (["typescript"] as const) : []),
      ...(path.endsWith("x") ? (["jsx"] as const) : []),
      ...(format === "commonjs" ? (["imports"] as const) : []),
    ],
    jsxRuntime: "automatic",
    production: true,
    disableESTransforms: true,
  }).code;
}

const namespaceBlock = /^[ \t]*(?:export[ \t]+)?(?:namespace|module)[ \t]+[\w$.]+[ \t]*\{/m;

/** Has it a namespace that holds values, which cannot be stripped? */
export function hasNamespace(text: string): boolean {
  return namespaceBlock.test(text);
}

/** The compiler as far as it is used here. */
interface Compiler {
  transpileModule(text: string, options: object): { readonly outputText: string };
  readConfigFile(path: string, read: (path: string) => string | undefined): { readonly config?: unknown };
  findConfigFile(folder: string, exists: (path: string) => boolean): string | undefined;
  readonly sys: {
    fileExists(path: string): boolean;
    readFile(path: string): string | undefined;
  };
}

/**
 * The same by the project's own TypeScript, for what has to be compiled: decorators and namespaces. Undefined where the
 * project has none that can.
 */
export function compile({ path, text, format }: SourceText, root: string): string | undefined {
  const compiler = findCompiler(root);
  if (compiler === undefined) return undefined;
  const options = { ...readDecoratorOptions(compiler, root), isolatedModules: true, inlineSourceMap: false };
  return compiler.transpileModule(text, {
    fileName: path,
    compilerOptions: {
      ...options,
      target: "ES2022",
      module: format === "module" ? "ES2022" : "CommonJS",
      jsx: "react-jsx",
      sourceMap: false,
    },
  }).outputText;
}

function findCompiler(root: string): Compiler | undefined {
  try {
    const found: Compiler = createRequire(join(root, "package.json"))("typescript");
    return typeof found.transpileModule === "function" ? found : undefined;
  } catch {
    return undefined;
  }
}

/** Those options that change what decorators and fields do. */
function readDecoratorOptions({ findConfigFile, readConfigFile, sys }: Compiler, root: string): object {
  const file = findConfigFile(root, (path) => sys.fileExists(path));
  const read = file === undefined ? {} : readConfigFile(file, (path) => sys.readFile(path));
  const { compilerOptions: given = {} }: { compilerOptions?: Record<string, unknown> } = read.config ?? {};
  const names = ["experimentalDecorators", "emitDecoratorMetadata", "useDefineForClassFields"];
  return Object.fromEntries(
    names.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]])),
  );
}
