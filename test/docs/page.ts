/**
 * A page of the documentation as its tests see it: blocks of TypeScript that form one module, each with its place in the
 * page, and the blocks of SQL that tell what the block before sent.
 *
 * - ```ts is compiled and run, in the order of the page.
 * - ```ts no-run is compiled.
 * - ```ts postgres is compiled, and run where the database is PostgreSQL or PGlite.
 * - ```ts whose first line is the path of a file, such as `// src/accounts/user.ts`, is an excerpt of that file as the
 *   recipe makes it.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

export interface Block {
  readonly language: string;
  readonly info: string;
  /** Of its first line of code in the page, counted from 1. */
  readonly line: number;
  readonly text: string;
}

export interface Page {
  /** Below the root of the project. */
  readonly path: string;
  readonly text: string;
  readonly blocks: readonly Block[];
}

/** Pages with tests of their own, or without examples. */
const others = new Set(["decisions.md", "testing.md"]);

export function readPages(): readonly Page[] {
  const names = readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md") && !others.has(name));
  return ["README.md", ...names.map((name) => `docs/${name}`)].map((path) =>
    parsePage(path, readFileSync(join(root, path), "utf8")),
  );
}

export function parsePage(path: string, text: string): Page {
  const blocks = Array.from(text.matchAll(/^```(\w+)([^\n]*)\n([\s\S]*?)^```$/gm), (match): Block => {
    const [, language = "", info = "", code = ""] = match;
    return { language, info: info.trim(), line: countLines(text.slice(0, match.index)) + 1, text: code };
  });
  return { path, text, blocks };
}

function countLines(text: string): number {
  return text.split("\n").length;
}

/** The path of the file that a block is an excerpt of. */
export function findExcerptPath({ text }: Block): string | undefined {
  return /^\/\/ ((?:src|migrations)\/\S+)\n/.exec(text)?.[1];
}

/** The blocks that are compiled. */
export function listSources({ blocks }: Page): readonly Block[] {
  return blocks.filter((block) => block.language === "ts" && findExcerptPath(block) === undefined);
}

export type RunOn = "all" | "postgres" | "none";

const infos = new Map<string, RunOn>([
  ["", "all"],
  ["postgres", "postgres"],
  ["no-run", "none"],
]);

/** Where a block is run. */
export function findRunOn({ info, line }: Block): RunOn {
  const found = infos.get(info);
  if (found === undefined) throw new Error(`Line ${String(line)}: there are no blocks "ts ${info}".`);
  return found;
}
