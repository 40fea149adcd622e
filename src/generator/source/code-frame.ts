import type { Location } from "../../support/problem.js";

const linesAround = 2;

/** Where an offset of a text stands, in lines and columns that count from 1. */
export function findLocation(path: string, text: string, offset: number): Location {
  const before = text.slice(0, offset).split(/\r\n|\n|\r/);
  return { path, line: before.length, column: (before.at(-1) ?? "").replace("\uFEFF", "").length + 1 };
}

/**
 * The lines around a location, numbered, with a marker under the column.
 *
 * @example
 * buildFrame("const a = ;", { path: "a.ts", line: 1, column: 11 });
 * // > 1 | const a = ;
 * //     |           ^
 */
export function buildFrame(text: string, { line, column }: Location): string {
  const lines = text.replace("\uFEFF", "").split(/\r\n|\n|\r/);
  const first = Math.max(1, line - linesAround);
  const last = Math.min(lines.length, line + linesAround);
  const width = String(last).length;
  const shown: string[] = [];
  for (let number = first; number <= last; number++) {
    const content = lines[number - 1] ?? "";
    shown.push(`${number === line ? ">" : " "} ${String(number).padStart(width)} | ${content}`.trimEnd());
    if (number === line) shown.push(`  ${" ".repeat(width)} | ${buildMarker(content, column)}`);
  }
  return shown.join("\n");
}

// Tabs are kept, so that the marker stands under its column however wide the terminal draws them.
function buildMarker(content: string, column: number): string {
  return `${content.slice(0, column - 1).replace(/[^\t]/g, " ")}^`;
}
