import { parseTable } from "../../migrations/serialize.js";
import type { TableSnapshot } from "../../migrations/snapshot.js";

/**
 * The tables in the text of a snapshot's file: one, or the two sides of a merge that was not finished.
 *
 * @throws AshlarError as `parseTable` does
 */
export function readSides(text: string | undefined, path: string): readonly TableSnapshot[] {
  if (text === undefined) return [];
  const sides = /^<{7} /m.test(text) ? [takeSide(text, "ours"), takeSide(text, "theirs")] : [text];
  return sides.map((side) => parseTable(side, path));
}

const conflict = /^<{7} .*\r?\n([^]*?)(?:^\|{7}.*\r?\n[^]*?)?^={7}\r?\n([^]*?)^>{7} .*(?:\r?\n|$)/gm;

function takeSide(text: string, side: "ours" | "theirs"): string {
  return text.replace(conflict, (_whole, ours: string, theirs: string) => (side === "ours" ? ours : theirs));
}
