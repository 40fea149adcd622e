/**
 * What each generated migration did to the snapshots, in a file of its own beside them: every table that it changed as
 * it was before, and the hash of what it became. It lets a migration be taken back or squashed, and tells where two
 * branches parted.
 */
import { createHash } from "node:crypto";
import { stringifySorted } from "../migrations/canonical-json.js";
import { type JsonObject, isJsonObject } from "../migrations/json-reader.js";
import { parseTable, serializeTable } from "../migrations/serialize.js";
import type { Snapshot, TableSnapshot } from "../migrations/snapshot.js";
import { failure, type AshlarError } from "../support/problem.js";
import type { FileTree } from "./file-tree.js";
import type { MigrationAnswers } from "../migrations/plan-migration.js";
import { parseAnswers, serializeAnswers } from "./migrations/kept-answers.js";
import { dropExtension } from "./paths.js";

/** What a generated migration did, by the keys of the tables that it changed. */
export interface MigrationHistory {
  /** The migration's file, without its extension. */
  readonly migration: string;
  /** Each table as it was; null where there was none. */
  readonly before: ReadonlyMap<string, TableSnapshot | null>;
  /** The hash of each table as it became (`hashTable`); null where it was dropped. */
  readonly after: ReadonlyMap<string, string | null>;
  /** The new key of each table that was renamed, by its old one. */
  readonly renames?: ReadonlyMap<string, string>;
  /** The hash of the text of each file that was written, by its name. */
  readonly files?: ReadonlyMap<string, string>;
  /** Of a squash: what it stands for. */
  readonly replaces?: readonly Replaced[];
  /** What was answered when it was made, for those who fold it into another. */
  readonly answers?: MigrationAnswers;
}

/** A migration's file that a squash stands for; where that is a squash too, its file and what that stands for. */
export type Replaced = string | readonly [string, ...Replaced[]];

const version = 1;

/**
 * Where the history of a migration is kept.
 *
 * @example
 * findHistoryPath("migrations", "20261122190000_create_users.ts"); // "migrations/snapshot/history/20261122190000_create_users.json"
 */
export function findHistoryPath(migrations: string, migration: string): string {
  return `${migrations}/snapshot/history/${dropExtension(migration)}.json`;
}

/** The hash of a table's snapshot, whatever the layout of its file. */
export function hashTable(table: TableSnapshot): string {
  return hashText(serializeTable(table));
}

/** The SHA-256 of a text, in hexadecimal. */
export function hashText(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/**
 * The history of every migration that has one, the oldest first.
 *
 * @throws AshlarError `history.malformed`, `history.version`, and as `parseTable` does
 */
export function readHistories(files: FileTree, migrations: string): readonly MigrationHistory[] {
  return listHistoryPaths(files, migrations).map((path) => parseHistory(files.read(path) ?? "", path));
}

/** The files of all histories, sorted, so the oldest comes first. */
export function listHistoryPaths(files: FileTree, migrations: string): readonly string[] {
  return files.list(`${migrations}/snapshot/history`).filter((path) => path.endsWith(".json"));
}

/** A history as the text of its file. */
export function serializeHistory({
  before,
  after,
  renames,
  files,
  replaces,
  answers,
}: MigrationHistory): string {
  // What `serializeTable` writes is an object.
  const tables = [...before].map(([key, table]) => [
    key,
    table === null ? null : (JSON.parse(serializeTable(table)) as JsonObject),
  ]);
  const content = {
    version,
    before: Object.fromEntries(tables),
    after: Object.fromEntries(after),
    ...(renames && { renames: Object.fromEntries(renames) }),
    ...(files && { files: Object.fromEntries(files) }),
    ...(replaces && { replaces }),
    ...(answers && { answers: serializeAnswers(answers) }),
  };
  return `${stringifySorted(content)}\n`;
}

/**
 * The history in the text of its file.
 *
 * @throws AshlarError `history.malformed`, `history.version`, and as `parseTable` does
 */
export function parseHistory(text: string, path: string): MigrationHistory {
  const content = parseContent(text, path);
  return {
    migration: (path.split("/").at(-1) ?? path).replace(/\.json$/, ""),
    before: new Map(readEntries(content, "before", path).map(([key, item]) => [key, readBefore(item, path)])),
    after: new Map(readEntries(content, "after", path).map(([key, item]) => [key, readHash(item, path)])),
    ...(content["renames"] !== undefined && { renames: readTexts(content, "renames", path) }),
    ...(content["files"] !== undefined && { files: readTexts(content, "files", path) }),
    ...(content["answers"] !== undefined && { answers: parseAnswers(content["answers"]) }),
    ...(isReplacedList(content["replaces"]) && { replaces: content["replaces"] }),
  };
}

/**
 * A schema as it was before these migrations.
 *
 * @param histories the oldest first, up to the one that the schema was left by
 */
export function rewindSnapshot(snapshot: Snapshot, histories: readonly MigrationHistory[]): Snapshot {
  const tables = new Map(snapshot);
  for (const { before } of histories.toReversed()) {
    for (const [key, table] of before) {
      if (table === null) tables.delete(key);
      else tables.set(key, table);
    }
  }
  return tables;
}

function parseContent(text: string, path: string): JsonObject {
  const content = parseJson(text);
  if (!isJsonObject(content)) throw createMalformedError(path);
  const given = content["version"];
  if (typeof given === "number" && given > version) throw createVersionError(path, given);
  if (given !== version) throw createMalformedError(path);
  return content;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
}

function readEntries(content: JsonObject, key: string, path: string): readonly [string, unknown][] {
  const value = content[key];
  if (!isJsonObject(value)) throw createMalformedError(path);
  return Object.entries(value);
}

function readTexts(content: JsonObject, key: string, path: string): ReadonlyMap<string, string> {
  return new Map(readEntries(content, key, path).map(([name, item]) => [name, readHash(item, path) ?? ""]));
}

function readBefore(value: unknown, path: string): TableSnapshot | null {
  return value === null ? null : parseTable(JSON.stringify(value), path);
}

function readHash(value: unknown, path: string): string | null {
  if (value === null || typeof value === "string") return value;
  throw createMalformedError(path);
}

/** Is it a list as a squash exports it under `replaces`? */
export function isReplacedList(value: unknown): value is readonly Replaced[] {
  return Array.isArray(value) && value.every(isReplaced);
}

function isReplaced(value: unknown): value is Replaced {
  return (
    typeof value === "string" ||
    (Array.isArray(value) && typeof value[0] === "string" && isReplacedList(value))
  );
}

function createMalformedError(path: string): AshlarError {
  return failure({
    code: "history.malformed",
    message: `"${path}" is not the history of a migration.`,
    hint: `Take the committed file: git checkout -- ${path}`,
  });
}

function createVersionError(path: string, given: number): AshlarError {
  return failure({
    code: "history.version",
    message: `"${path}" has version ${given}; this ashlar reads up to version ${version}.`,
    hint: "Update ashlar: npm install ashlar@latest",
  });
}
