import { parseTable } from "../migrations/serialize.js";
import type { TableSnapshot } from "../migrations/snapshot.js";
import type { GeneratorContext } from "./context.js";

/** Where the snapshot of a table is kept. */
export function findSnapshotPath(migrations: string, table: string): string {
  return `${migrations}/snapshot/${table}.json`;
}

/** The table as the last migration left it; undefined where no snapshot tells. */
export function readSnapshot(
  { files, settings }: GeneratorContext,
  table: string,
): TableSnapshot | undefined {
  const path = findSnapshotPath(settings.migrations, table);
  const text = files.read(path);
  return text === undefined ? undefined : parseTable(text, path);
}
