import { isNamedIn } from "../../migrations/sql-words.js";
import type { Snapshot } from "../../migrations/snapshot.js";
import type { Change } from "./concerned-tables.js";

/** Of the tables that were found, those that no snapshot knows since statements of resources make them. */
export function findMadeByStatements({ before, after }: Change, found: Snapshot): Snapshot {
  const statements = [...after.values()].flatMap((table) => table.statements ?? []);
  return new Map(
    [...found].filter(
      ([key, { name }]) =>
        !before.has(key) && !after.has(key) && statements.some(({ up }) => isNamedIn(up, name)),
    ),
  );
}
