import { readFileSync } from "node:fs";
import { relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { buildFrame, findLocation } from "../../../generator/source/code-frame.js";
import {
  failure,
  type AshlarError,
  isAshlarError,
  type Location,
  type Problem,
} from "../../../support/problem.js";
import { findWhereabouts, type Whereabouts } from "../../migrate/error-location.js";
import { describeError } from "../../migrate/knexfile.js";

const loadHint = "Its resources cannot be known before it loads: correct it, then run the command again.";

/** An import that leads to no file. */
export function createMissingModuleError(specifier: string, from: string, text: string): AshlarError {
  return failure({
    code: "project.module.missing",
    message: `"${specifier}" leads to no file.`,
    hint: "Correct the path, or the aliases in the tsconfig.",
    ...pointAt(specifier, from, text),
  });
}

/** A package that is not there. */
export function createMissingPackageError(name: string, from: string, text: string): AshlarError {
  const packageName = name
    .split("/")
    .slice(0, name.startsWith("@") ? 2 : 1)
    .join("/");
  return failure({
    code: "project.module.missing",
    message: `The package "${packageName}" cannot be found, or has no "${name}".`,
    hint: `Install it: npm install ${packageName}`,
    ...pointAt(name, from, text),
  });
}

/** A name that a module does not export, told where it is imported; undefined for any other error. */
export function findMissingExport(
  error: unknown,
  texts: ReadonlyMap<string, string>,
): AshlarError | undefined {
  const pattern = /^The requested module '(.+)' does not provide an export named '(.+)'/;
  const [, specifier, name] = (error instanceof SyntaxError && pattern.exec(error.message)) || [];
  if (specifier === undefined || name === undefined) return undefined;
  const quoted = new RegExp(`["']${escapePattern(specifier)}["']`);
  const word = new RegExp(`(?<![\\w$])${escapePattern(name)}(?![\\w$])`);
  const [from = "", text = ""] = [...texts].find(([, each]) => quoted.test(each) && word.test(each)) ?? [];
  return failure({
    code: "project.module.export.missing",
    message: `"${specifier}" exports no "${name}".`,
    hint: 'Correct the name; where it is a type, write "import type" or "export type".',
    ...(from !== "" && pointAt(specifier, from, text)),
  });
}

/** A name that a module has twice, such as of two imports, whose place V8 does not tell; undefined for any other error. */
export function findDeclaredTwice(error: unknown, path: string, text: string): AshlarError | undefined {
  const pattern = /^Identifier '(.+)' has already been declared$/;
  const [message, name] = (error instanceof SyntaxError && pattern.exec(error.message)) || [];
  if (message === undefined || name === undefined) return undefined;
  const words = [...text.matchAll(new RegExp(`(?<![\\w$])${escapePattern(name)}(?![\\w$])`, "g"))];
  const location = findLocation(path, text, words[1]?.index ?? 0);
  return failure({
    code: "project.module.failed",
    message: `${message}.`,
    hint: loadHint,
    ...{ location, frame: buildFrame(text, location) },
  });
}

function escapePattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

/** A file with decorators or a namespace, in a project without a compiler. */
export function createCompilerError(path: string, cause: Error | undefined): AshlarError {
  const what = cause === undefined ? "a namespace" : "decorators";
  return failure({
    code: "project.module.compiler",
    message: `"${path}" has ${what}, which only TypeScript's own compiler can take, and the project has none.`,
    hint: "Install it: npm install --save-dev typescript@5",
  });
}

/** The path is made relative where the problem is told, which knows the root. */
function pointAt(specifier: string, path: string, text: string): Whereabouts {
  const offset = [`"${specifier}"`, `'${specifier}'`]
    .map((quoted) => text.indexOf(quoted))
    .find((at) => at >= 0);
  if (offset === undefined) return {};
  const location = findLocation(path, text, offset);
  return { location, frame: buildFrame(text, location) };
}

/**
 * What to tell of an error that a module threw, or that kept it from being loaded: where in the project's sources, the
 * lines around it, and no stack.
 *
 * @param path the module that was asked for, absolute
 */
export function describeFailure(error: unknown, path: string, root: string): readonly Problem[] {
  const whereabouts = findPlace(error, path, root);
  if (isAshlarError(error)) {
    return error.problems.map((problem) => ({ ...whereabouts, ...relativize(problem, root) }));
  }
  const shown = whereabouts.location?.path ?? toPath(root, path);
  if (isAtConflictMark(whereabouts)) return [createConflictProblem(shown, whereabouts)];
  return [
    {
      code: "project.module.failed",
      message: `"${shown}" cannot be loaded: ${describeThrown(error)}.`,
      hint: loadHint,
      ...whereabouts,
    },
  ];
}

/** Does the failing line begin as git marks the sides of a merge that is not finished? */
function isAtConflictMark({ frame = "" }: Whereabouts): boolean {
  return /^> *\d+ \| (?:<{7}|={7}|>{7}|\|{7})/m.test(frame);
}

function createConflictProblem(shown: string, whereabouts: Whereabouts): Problem {
  return {
    code: "project.module.conflict",
    message: `"${shown}" holds the marks of a merge that is not finished.`,
    hint: "Choose between its sides and delete the marks, then run the command again.",
    ...whereabouts,
  };
}

function relativize(problem: Problem, root: string): Problem {
  const { location } = problem;
  if (location === undefined || !location.path.startsWith(root)) return problem;
  return { ...problem, location: { ...location, path: toPath(root, location.path) } };
}

/** A parser names the file first, and the place last: `Error transforming /a.ts: Unexpected token (1:5)`. */
const parserMessage = /^Error transforming (.+?): (.*) \((\d+):(\d+)\)$/s;

function describeThrown(error: unknown): string {
  const message = describeError(error);
  return parserMessage.exec(message)?.[2] ?? message;
}

function findPlace(error: unknown, path: string, root: string): Whereabouts {
  return findParserPlace(error, root) ?? findCompilerPlace(error, root) ?? correctColumn(error, path, root);
}

function findParserPlace(error: unknown, root: string): Whereabouts | undefined {
  const [, path, , line, column] = (error instanceof Error && parserMessage.exec(error.message)) || [];
  return path === undefined ? undefined : show(path, Number(line), Number(column), root);
}

/** V8 puts the file and the line of what it cannot compile or link first in the stack, and a marker below the line. */
function findCompilerPlace(error: unknown, root: string): Whereabouts | undefined {
  if (!(error instanceof SyntaxError)) return undefined;
  const [, url, line] = /^(file:\S+|\/\S+|[A-Z]:\S+):(\d+)\n/.exec(error.stack ?? "") ?? [];
  if (url === undefined) return undefined;
  const marker = /^\s*\^/m.exec(error.stack ?? "")?.[0].length ?? 1;
  return show(url.startsWith("file:") ? fileURLToPath(url) : url, Number(line), marker, root);
}

/** Lines are kept when types are stripped, columns only where none stood before: then the line's start is shown. */
function correctColumn(error: unknown, path: string, root: string): Whereabouts {
  const { location } = findWhereabouts(error, root, path);
  return location === undefined
    ? {}
    : show(`${root}${sep}${location.path}`, location.line, location.column, root);
}

function show(path: string, line: number, column: number, root: string): Whereabouts {
  const text = readFileSync(path, "utf8");
  const shown = text.split("\n")[line - 1] ?? "";
  const isThere = /\S/.test(shown.slice(column - 1, column));
  const location: Location = {
    path: toPath(root, path),
    line,
    column: isThere ? column : shown.length - shown.trimStart().length + 1,
  };
  return { location, frame: buildFrame(text, location) };
}

function toPath(root: string, path: string): string {
  return relative(root, path).split(sep).join("/");
}
