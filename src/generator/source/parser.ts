import { ts } from "ts-morph";
import type { Problem } from "../../support/problem.js";
import { buildFrame, findLocation } from "./code-frame.js";

// The one file that loads the parser: whoever patches nothing never pays for it.
export { ts };

/** A file as text and syntax tree. Parsed alone, in memory: no types are resolved and no library is read. */
export interface Source {
  /** Relative to the project's root. */
  readonly path: string;
  readonly text: string;
  readonly file: ts.SourceFile;
}

/** What reading a file gave. A file that does not parse still has a tree, as far as the parser came. */
export type SourceReading =
  | { readonly kind: "read"; readonly source: Source }
  | { readonly kind: "failed"; readonly source: Source; readonly problem: Problem };

/**
 * Parses a TypeScript file.
 *
 * @param text the whole file
 * @param path relative to the project's root; names the file in problems and tells `.tsx` from `.ts`
 * @returns the parsed file, or the first syntax error as a problem `source.syntax` with its line and a code frame
 * @example
 * const reading = readSource("class User {", "src/user.ts");
 * reading.kind; // "failed"
 */
export function readSource(text: string, path: string): SourceReading {
  const source = parseSource(text, path);
  const error = findSyntaxError(source.file);
  if (error === undefined) return { kind: "read", source };
  return { kind: "failed", source, problem: describeSyntaxError(source, error) };
}

/** Parses text that is known to be well formed, or of which as much as parses is wanted. */
export function parseSource(text: string, path: string): Source {
  return { path, text, file: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true) };
}

function findSyntaxError(file: ts.SourceFile): ts.DiagnosticWithLocation | undefined {
  return hasParseDiagnostics(file) ? file.parseDiagnostics[0] : undefined;
}

// The parser keeps its errors on the file but leaves them out of its declared type; asking a program for them would
// resolve every import.
function hasParseDiagnostics(
  file: ts.SourceFile,
): file is ts.SourceFile & { readonly parseDiagnostics: readonly ts.DiagnosticWithLocation[] } {
  return "parseDiagnostics" in file;
}

function describeSyntaxError({ path, text }: Source, error: ts.DiagnosticWithLocation): Problem {
  const location = findLocation(path, text, error.start);
  const reason = ts.flattenDiagnosticMessageText(error.messageText, " ");
  return {
    code: "source.syntax",
    message: `"${path}" does not parse at line ${location.line}, column ${location.column}: ${reason}`,
    hint: "Mend the file, then run the command again.",
    location,
    frame: buildFrame(text, location),
  };
}
