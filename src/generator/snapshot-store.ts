import { parseTable } from "../migrations/serialize.js";
import type { Snapshot, TableSnapshot } from "../migrations/snapshot.js";
import { buildTableKey } from "../support/table-key.js";
import { failure, isAshlarError, type Problem } from "../support/problem.js";
import type { GeneratorContext } from "./context.js";
import { findFolder } from "./paths.js";

/** What a file may be called on any system; other characters are written as their bytes: `%20`. */
const unsafe = /[^A-Za-z0-9_.-]/g;

/**
 * Where the snapshot of a table is kept.
 *
 * @param table the table's key (`buildTableKey`)
 * @example
 * findSnapshotPath("migrations", "billing.invoices"); // "migrations/snapshot/billing.invoices.json"
 * findSnapshotPath("migrations", "my table"); // "migrations/snapshot/my%20table.json"
 */
export function findSnapshotPath(migrations: string, table: string): string {
  return `${migrations}/snapshot/${table.replaceAll(unsafe, encodeBytes)}.json`;
}

function encodeBytes(character: string): string {
  const bytes = [...Buffer.from(character)];
  return bytes.map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("");
}

/** The table as the last migration left it; undefined where no snapshot tells. */
export function readSnapshot(
  { files, settings }: Pick<GeneratorContext, "files" | "settings">,
  table: string,
): TableSnapshot | undefined {
  const path = findSnapshotPath(settings.migrations, table);
  const text = files.read(path);
  return text === undefined ? undefined : parseTable(text, path);
}

/**
 * All tables as the last migration left them, by their keys.
 *
 * @throws AshlarError with the problems of every file: as `parseTable` does, and `snapshot.misplaced`
 */
export function readSnapshots({
  files,
  settings,
}: Pick<GeneratorContext, "files"> & {
  readonly settings: Pick<GeneratorContext["settings"], "migrations">;
}): Snapshot {
  const folder = `${settings.migrations}/snapshot`;
  const tables = new Map<string, TableSnapshot>();
  const problems: Problem[] = [];
  for (const path of files.list(folder)) {
    if (findFolder(path) !== folder || !path.endsWith(".json")) continue;
    const table = tryParse(files.read(path) ?? "", path, problems);
    if (table === undefined) continue;
    const key = buildTableKey(table);
    if (findSnapshotPath(settings.migrations, key) !== path) problems.push(describeMisplaced(path, key));
    tables.set(key, table);
  }
  if (problems.length > 0) throw failure(...problems);
  return tables;
}

function tryParse(text: string, path: string, problems: Problem[]): TableSnapshot | undefined {
  try {
    return parseTable(text, path);
  } catch (error) {
    if (!isAshlarError(error)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}

function describeMisplaced(path: string, key: string): Problem {
  const expected = findSnapshotPath(findFolder(findFolder(path)), key);
  return {
    code: "snapshot.misplaced",
    message: `"${path}" holds the table "${key}", whose snapshot belongs in "${expected}".`,
    hint: `Rename it: git mv ${path} ${expected}. Or take the committed file: git checkout -- ${path}`,
  };
}
