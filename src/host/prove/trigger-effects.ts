import { isNamedIn } from "../../migrations/sql-words.js";
import type { StatementSnapshot } from "../../migrations/snapshot.js";
import { parseTableKey } from "../../support/table-key.js";
import type { Change } from "./concerned-tables.js";
import type { RowDifference } from "./rows/kept-rows.js";

/**
 * Tells which differences triggers of the project may have made, since a step that fills in a column sets them off: other
 * values in the tables that they name, more rows in any. What a function of PostgreSQL does is not to be seen, but rows
 * that are gone are nobody's doing.
 */
export function findTriggerEffects({ before, after }: Change): (difference: RowDifference) => boolean {
  const statements = [...before.values(), ...after.values()].flatMap((table) => table.statements ?? []);
  const triggers = statements.filter(({ up }) => isNamedIn(up, "trigger"));
  return ({ kind, table }) => {
    if (triggers.length === 0 || kind === "fewer") return false;
    return kind === "more" || triggers.some((trigger) => isOn(trigger, [table.before, table.after]));
  };
}

function isOn({ up }: StatementSnapshot, keys: readonly string[]): boolean {
  return keys.some((key) => isNamedIn(up, parseTableKey(key).name));
}
