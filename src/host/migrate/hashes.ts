/**
 * A table of our own beside Knex's: the hash of each migration's file as it was when it ran. Its rows are written in
 * the transaction that writes Knex's record.
 *
 * A row without `applied_at` is a mark that a migration without a transaction has been begun: upwards it has a hash,
 * downwards none. A row counts only if its moment is that of Knex's record; where plain Knex undid a migration and
 * ran it again, it is another.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Knex } from "knex";
import type { Database } from "./database.js";
import { hashMigration } from "../../migrations/file-hash.js";
import type { MigrationFile } from "./migration-files.js";
import {
  findRecordsTable,
  hasRecordsTable,
  selectTable,
  withoutProcessing,
  type MigrationRecord,
} from "./records.js";

/** What is known of a migration beside Knex's record of it. */
export interface MigrationHash {
  readonly name: string;
  readonly hash: string | null;
  readonly appliedAt: Date | null;
}

interface HashRow {
  readonly name: string;
  readonly hash: string | null;
  /** A number in SQLite. */
  readonly applied_at: Date | number | string | null;
}

const suffix = "_hashes";

/** The table of hashes, through the given Knex or transaction, whose processing is off. */
export function selectHashes(knex: Knex, config: Knex.Config): Knex.QueryBuilder {
  return selectTable(knex, config, suffix);
}

/** All rows; none where the table is not there. */
export async function readHashes({ knex, config }: Database): Promise<readonly MigrationHash[]> {
  const plain = knex.withUserParams({});
  return withoutProcessing(plain, async () => {
    if (!(await hasRecordsTable(plain, config, suffix))) return [];
    const rows: HashRow[] = await selectHashes(plain, config).select("name", "hash", "applied_at");
    return rows.map(({ name, hash, applied_at }) => ({
      name,
      hash,
      appliedAt: applied_at === null ? null : new Date(applied_at),
    }));
  });
}

/** Makes the table where it is not there. */
export async function ensureHashes({ knex, config }: Database): Promise<void> {
  const plain = knex.withUserParams({});
  await withoutProcessing(plain, async () => {
    if (await hasRecordsTable(plain, config, suffix)) return;
    const { schemaName, tableName } = findRecordsTable(config, suffix);
    const schema = schemaName === undefined ? plain.schema : plain.schema.withSchema(schemaName);
    await schema.createTable(tableName, (table) => {
      table.string("name").notNullable().primary();
      table.string("hash", 64);
      table.timestamp("applied_at");
    });
  });
}

/** Puts the row of a migration in place of what was there. */
export async function writeHash(
  trx: Knex,
  config: Knex.Config,
  { name, hash, appliedAt }: MigrationHash,
): Promise<void> {
  await selectHashes(trx, config).where({ name }).del();
  await selectHashes(trx, config).insert({ name, hash, applied_at: appliedAt });
}

/**
 * The hash of a migration's file; undefined where a source of the project's own gives it. Its first half is of the
 * text as it is, its second of what a formatter leaves: nearly always the first, which costs nothing, is enough.
 */
export function readFileHash({ name, path }: MigrationFile): string | undefined {
  if (path === undefined) return undefined;
  const text = readFileSync(path, "utf8");
  return hashText(text) + takeHalf(hashMigration(name, text));
}

/** Is a file another, but for its formatting, than the one that gave the hash? */
export function isEdited({ name, path }: MigrationFile, hash: string): boolean {
  if (path === undefined) return false;
  const text = readFileSync(path, "utf8");
  if (hash.startsWith(hashText(text))) return false;
  return !hash.endsWith(takeHalf(hashMigration(name, text)));
}

function hashText(text: string): string {
  return takeHalf(createHash("sha256").update(text).digest("hex"));
}

/** Of 64 digits. */
function takeHalf(hash: string): string {
  return hash.slice(0, 32);
}

/** The hash that counts for a record, if one is known. */
export function findHash(
  { name, ranAt }: MigrationRecord,
  hashes: ReadonlyMap<string, MigrationHash>,
): string | undefined {
  const found = hashes.get(name);
  return found?.appliedAt?.getTime() === ranAt.getTime() ? (found.hash ?? undefined) : undefined;
}
