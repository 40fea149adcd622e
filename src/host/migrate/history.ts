import { dirname } from "node:path";
import type { Database } from "./database.js";
import { findHash, isEdited, readHashes, type MigrationHash } from "./hashes.js";
import type { MigrationFile } from "./migration-files.js";
import { readRecords, type MigrationRecord } from "./records.js";

/** What a database and the folder of migrations say, each for itself. */
export interface History {
  /** In the order they run. */
  readonly files: readonly MigrationFile[];
  /** In the order they ran. */
  readonly records: readonly MigrationRecord[];
  readonly hashes: ReadonlyMap<string, MigrationHash>;
  /** Does each folder of migrations have an order of its own? */
  readonly areFoldersSeparate: boolean;
  /** Names of records that a squash stands for which this database has run only a part of. */
  readonly squashed?: ReadonlySet<string>;
}

/**
 * A migration that has run: as its file is now; with another file; without one, also since a squash stands for it that
 * has not run as a whole; or its way back was cut off.
 */
export interface AppliedMigration extends MigrationRecord {
  readonly state: "applied" | "edited" | "missing" | "squashed" | "half-undone";
}

/** One that has not run; though it sorts before one that has; or it was begun, outside a transaction, and cut off. */
export interface PendingMigration {
  readonly state: "pending" | "interrupted" | "late";
  readonly name: string;
}

export async function readHistory(database: Database): Promise<History> {
  const records = await readRecords(database);
  const hashes = await readHashes(database);
  return {
    files: database.migrations.files,
    records,
    hashes: new Map(hashes.map((hash) => [hash.name, hash])),
    areFoldersSeparate: database.config.migrations?.sortDirsSeparately === true,
  };
}

/** The migrations that have run, in the order they ran. */
export function listApplied({ files, records, hashes, squashed }: History): readonly AppliedMigration[] {
  const byName = new Map(files.map((file) => [file.name, file]));
  return records.map((record) => {
    const file = byName.get(record.name);
    const mark = hashes.get(record.name);
    if (mark !== undefined && mark.appliedAt === null && mark.hash === null) {
      return { state: "half-undone", ...record };
    }
    if (file === undefined)
      return { state: squashed?.has(record.name) === true ? "squashed" : "missing", ...record };
    const hash = findHash(record, hashes);
    return { state: hash !== undefined && isEdited(file, hash) ? "edited" : "applied", ...record };
  });
}

/** The migrations that have not run, in the order they will. */
export function listPending(history: History): readonly PendingMigration[] {
  const ran = new Set(history.records.map(({ name }) => name));
  return history.files
    .filter(({ name }) => !ran.has(name))
    .map((file) => ({ state: findPendingState(file, history, ran), name: file.name }));
}

/** The last of the migrations that have run though they come after this one. */
export function findOvertaker(
  file: MigrationFile,
  { files, areFoldersSeparate }: History,
  ran: ReadonlySet<string>,
): string | undefined {
  const folder = findFolder(file);
  return files
    .slice(files.indexOf(file) + 1)
    .findLast((other) => ran.has(other.name) && (!areFoldersSeparate || findFolder(other) === folder))?.name;
}

function findPendingState(
  file: MigrationFile,
  history: History,
  ran: ReadonlySet<string>,
): PendingMigration["state"] {
  if (isBegun(history.hashes.get(file.name))) return "interrupted";
  return findOvertaker(file, history, ran) === undefined ? "pending" : "late";
}

function findFolder({ path }: MigrationFile): string {
  return path === undefined ? "" : dirname(path);
}

function isBegun(hash: MigrationHash | undefined): boolean {
  return hash !== undefined && hash.appliedAt === null && hash.hash !== null;
}
