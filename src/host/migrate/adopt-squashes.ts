/**
 * A squash is one migration in the place of several, which it names: `export const replaces = [...]`. A database that
 * has run all of those has what it makes, so its records are changed to say so and nothing is run.
 */
import type { Knex } from "knex";
import { failure, type AshlarError } from "../../support/problem.js";
import type { Database } from "./database.js";
import { ensureHashes, readFileHash, selectHashes, writeHash } from "./hashes.js";
import { listPending, readHistory, type History } from "./history.js";
import { type MigrationRecord, selectTable, withoutProcessing } from "./records.js";
import { withRunLock, type LockOptions } from "./run-lock.js";

interface Squash {
  readonly name: string;
  /** The records of what it replaces, in the order they ran. */
  readonly records: readonly MigrationRecord[];
}

/**
 * Puts the record of a squash in the place of those that it replaces, where this database has run them.
 *
 * @throws AshlarError `migration.squash.partial` where it has run only some; as `withRunLock` does
 */
export async function adoptSquashes(database: Database, options: LockOptions): Promise<void> {
  if ((await findSquashes(database)).length === 0) return;
  await withRunLock(database, options, async () => {
    const squashes = await findSquashes(database);
    if (squashes.length === 0) return;
    await ensureHashes(database);
    const plain = database.knex.withUserParams({});
    await withoutProcessing(plain, () =>
      plain.transaction(async (trx) => {
        for (const squash of squashes) await adopt(trx, squash, database);
      }),
    );
  });
}

/** Only files that have not run, where others have run whose files are gone, can be such. */
async function findSquashes(database: Database): Promise<readonly Squash[]> {
  const history = await readHistory(database);
  const there = new Set(history.files.map(({ name }) => name));
  if (history.records.every(({ name }) => there.has(name))) return [];
  const squashes: Squash[] = [];
  for (const { name } of listPending(history)) {
    const replaced = await readReplaced(name, database);
    const squash = toSquash(name, replaced, history);
    if (squash !== undefined) squashes.push(squash);
  }
  return squashes;
}

/** A migration that cannot be loaded is told of by the run itself. */
async function readReplaced(name: string, { migrations }: Database): Promise<readonly string[]> {
  const { replaces } = await migrations.read(name).catch(() => ({ replaces: undefined }));
  return Array.isArray(replaces) ? replaces.filter((each): each is string => typeof each === "string") : [];
}

function toSquash(name: string, replaced: readonly string[], { records }: History): Squash | undefined {
  const found = records.filter((record) => replaced.includes(record.name));
  if (found.length === 0) return undefined;
  const missing = replaced.filter((each) => !records.some((record) => record.name === each));
  if (missing.length > 0) throw createPartialError(name, found.length, missing);
  return { name, records: found };
}

function createPartialError(name: string, count: number, missing: readonly string[]): AshlarError {
  return failure({
    code: "migration.squash.partial",
    message: `"${name}" stands for migrations of which this database has run ${count}, but not ${missing.map((each) => `"${each}"`).join(", ")}.`,
    hint: `Run those first, with the project as it was before the squash (git log -- "*/${name}"): npx ashlar migrate. Then come back and migrate again.`,
  });
}

/** The last record stays in its place under the new name, so that what ran later still comes later. */
async function adopt(trx: Knex, { name, records }: Squash, { config, migrations }: Database): Promise<void> {
  const last = records.at(-1);
  if (last === undefined) return;
  const gone = records.map((record) => record.name);
  await selectTable(trx, config).whereIn("name", gone).whereNot({ name: last.name }).del();
  await selectTable(trx, config).where({ name: last.name }).update({ name });
  await selectHashes(trx, config).whereIn("name", gone).del();
  const file = migrations.files.find((each) => each.name === name);
  const hash = file && readFileHash(file);
  if (hash !== undefined) await writeHash(trx, config, { name, hash, appliedAt: last.ranAt });
}
