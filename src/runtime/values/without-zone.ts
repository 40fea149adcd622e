import type { AttributeType } from "../attribute-type.js";

const written = /^\s*timestamp\s*(?:\(\s*\d+\s*\))?\s*(?:without\s+time\s+zone)?\s*$/i;

/** A moment in a column that knows no zone? It is written in UTC, and read so too; `pg` would take it for local time. */
export function isWithoutZone({ kind, databaseType = "" }: AttributeType): boolean {
  return kind === "datetime" && written.test(databaseType);
}
