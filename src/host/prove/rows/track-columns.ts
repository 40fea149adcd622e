import { buildTableKey } from "../../../migrations/table-key.js";
import { hasSameContent } from "../../../migrations/canonical-json.js";
import type { Operation, OperationOf } from "../../../migrations/operation.js";
import { isGeneratedAlike } from "../../../migrations/is-generated-alike.js";
import type { Snapshot, TableSnapshot } from "../../../migrations/snapshot.js";

/** A column whose values a migration has to leave as they are, by its name on either side. */
export interface TrackedColumn {
  readonly before: string;
  readonly after: string;
}

/** A table whose rows a migration has to keep, by its key on either side. */
export interface TrackedTable {
  readonly before: string;
  readonly after: string;
  readonly columns: readonly TrackedColumn[];
}

interface Track {
  readonly before: string;
  after: string;
  /** The names now by the names before. */
  readonly columns: Map<string, string>;
}

/** The tables and columns that the operations neither drop nor change the values of. */
export function trackColumns(before: Snapshot, operations: readonly Operation[]): readonly TrackedTable[] {
  const tracks = [...before].map(([key, { columns }]): Track => ({
    before: key,
    after: key,
    columns: new Map(columns.map(({ name }) => [name, name])),
  }));
  const kept = operations.reduce((left, operation) => follow(left, operation), tracks);
  return kept.map((track) => ({
    before: track.before,
    after: track.after,
    columns: [...track.columns].map(([name, now]) => ({ before: name, after: now })),
  }));
}

/** What a change finds and leaves, and what it keeps. */
export interface TrackedChange {
  readonly tracked: readonly TrackedTable[];
  readonly change: { readonly before: Snapshot; readonly after: Snapshot };
}

/** The table on the other side of a change, its columns under their names on this one. */
export function findOther(
  { tracked, change }: TrackedChange,
  side: "before" | "after",
  key: string,
): TableSnapshot | undefined {
  const other = side === "before" ? "after" : "before";
  const track = tracked.find((table) => table[side] === key);
  return change[other].get(track?.[other] ?? key);
}

function follow(tracks: Track[], operation: Operation): Track[] {
  if (operation.kind === "dropTable") return tracks.filter(({ after }) => after !== keyOfTable(operation));
  if (operation.kind === "renameTable") renameTable(tracks, operation);
  if (operation.kind === "renameColumn") renameColumn(tracks, operation);
  if (operation.kind === "dropColumn") forget(tracks, operation.table, operation.column.name);
  if (operation.kind === "fillColumn") forget(tracks, operation.table, operation.column);
  if (operation.kind === "alterColumn" && changesValues(operation))
    forget(tracks, operation.table, operation.before.name);
  return tracks;
}

function keyOfTable({ table }: OperationOf<"dropTable">): string {
  return buildTableKey(table);
}

function changesValues({ before, after, using }: OperationOf<"alterColumn">): boolean {
  return using !== undefined || !hasSameContent(before.type, after.type) || !isGeneratedAlike(before, after);
}

function renameTable(tracks: readonly Track[], { from, to }: OperationOf<"renameTable">): void {
  const track = tracks.find(({ after }) => after === from);
  if (track !== undefined) track.after = to;
}

function renameColumn(tracks: readonly Track[], { table, from, to }: OperationOf<"renameColumn">): void {
  const track = tracks.find(({ after }) => after === table);
  const original = [...(track?.columns ?? [])].find(([, now]) => now === from)?.[0];
  if (original !== undefined) track?.columns.set(original, to);
}

function forget(tracks: readonly Track[], table: string, column: string): void {
  const track = tracks.find(({ after }) => after === table);
  const original = [...(track?.columns ?? [])].find(([, now]) => now === column)?.[0];
  if (original !== undefined) track?.columns.delete(original);
}
