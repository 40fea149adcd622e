import { readFileSync } from "node:fs";
import { relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { buildFrame } from "../../generator/source/code-frame.js";
import type { Location, Problem } from "../../support/problem.js";

/** The part of a problem that shows where in the sources it arose; empty where nobody knows. */
export type Whereabouts = Pick<Problem, "location" | "frame">;

interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * Where an error arose: in the given file if its stack passes there, else in the first file of the project. Both are
 * absolute paths; the location's is relative to the root.
 */
export function findWhereabouts(error: unknown, root: string, file: string): Whereabouts {
  const positions = error instanceof Error ? readPositions(error.stack ?? "") : [];
  const position =
    positions.find((each) => each.file === file) ?? positions.find((each) => isOwnFile(each.file, root));
  return position === undefined ? {} : show(position, root);
}

const positionPattern = /(?:file:\/\/)?((?:\/|[A-Za-z]:[\\/])[^\s():]*):(\d+):(\d+)/g;

function readPositions(stack: string): Position[] {
  return [...stack.matchAll(positionPattern)].map(([text, path = "", line, column]) => ({
    file: text.startsWith("file:") ? fileURLToPath(`file://${path}`) : path,
    line: Number(line),
    column: Number(column),
  }));
}

function isOwnFile(file: string, root: string): boolean {
  return file.startsWith(root + sep) && !file.includes(`${sep}node_modules${sep}`);
}

function show({ file, line, column }: Position, root: string): Whereabouts {
  const location: Location = { path: relative(root, file).split(sep).join("/"), line, column };
  try {
    return { location, frame: buildFrame(readFileSync(file, "utf8"), location) };
  } catch {
    return { location };
  }
}
