import { extname } from "node:path";
import { compile, hasNamespace, type ModuleFormat, type SourceText, stripTypes } from "./strip-types.js";
import { createCompilerError } from "./module-failure.js";

const moduleSyntax = /^[ \t]*(?:import\b(?!\s*[\w$]+\s*=\s*require\b)(?!\s*\()|export\b(?!\s*=))/m;
const commonJsSyntax = /\b(?:module\.exports|exports\.[\w$]+\s*=|require\s*\()|^[ \t]*export\s*=/m;

/** As what a file has to be run: by its ending, else by its syntax, for tsconfigs let CommonJS projects write imports. */
export function findFormat(path: string, text: string): ModuleFormat {
  const extension = extname(path);
  if (extension === ".mts" || extension === ".mjs") return "module";
  if (extension === ".cjs") return "commonjs";
  return !moduleSyntax.test(text) && commonJsSyntax.test(text) ? "commonjs" : "module";
}

/**
 * What `load` makes of the JavaScript of a file. Where stripping is not enough, such as for decorators, the project's
 * own TypeScript compiles the file.
 *
 * @throws AshlarError `project.module.compiler` where there is no such compiler, and what the parser says of an error
 */
export function compileSource<Loaded>(
  source: SourceText,
  root: string,
  load: (code: string) => Loaded,
): Loaded {
  if (hasNamespace(source.text)) return load(compileOrFail(source, root, undefined));
  const stripped = stripTypes(source);
  try {
    return load(stripped);
  } catch (error) {
    if (!(error instanceof SyntaxError) || !hasDecorator(source.text)) throw error;
    return load(compileOrFail(source, root, error));
  }
}

function hasDecorator(text: string): boolean {
  return /(?:^|[\s({;])@[A-Za-z_$(]/m.test(text);
}

function compileOrFail(source: SourceText, root: string, cause: Error | undefined): string {
  const code = compile(source, root);
  if (code === undefined) throw createCompilerError(source.path, cause);
  return code;
}
