/**
 * A squash is one migration in the place of several, which it names: `export const replaces = [...]`. A database that
 * has run all of those has what it makes, so its records are changed to say so and nothing is run.
 */
import type { Knex } from "knex";
import { isReplacedList, type Replaced } from "../../generator/history-store.js";
import { failure, type Problem } from "../../support/problem.js";
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

/**
 * What the database has run as the next run will see it, when the squashes have their records; and, of squashes that it
 * has run only a part of, why they cannot have. Changes nothing.
 */
export async function readAdopted(
  database: Database,
): Promise<{ history: History; problems: readonly Problem[] }> {
  const history = await readHistory(database);
  const { complete, partial } = await readSquashes(history, database);
  const squashed = new Set(partial.flatMap(({ records }) => records.map(({ name }) => name)));
  return {
    history: complete.reduce(adoptIn, { ...history, squashed }),
    problems: partial.map(createPartialProblem),
  };
}

/** The hash of what ran is another migration's; the next run writes that of the squash. */
function adoptIn(history: History, { name, records }: Squash): History {
  const last = records.at(-1);
  const gone = new Set(records.map((record) => record.name));
  return {
    ...history,
    records: history.records.flatMap((record) => {
      if (record === last) return [{ ...record, name }];
      return gone.has(record.name) ? [] : [record];
    }),
  };
}

/** @throws AshlarError `migration.squash.partial` */
async function findSquashes(database: Database): Promise<readonly Squash[]> {
  const { complete, partial } = await readSquashes(await readHistory(database), database);
  if (partial.length > 0) throw failure(...partial.map(createPartialProblem));
  return complete;
}

interface PartialSquash extends Squash {
  readonly missing: readonly string[];
}

interface FoundSquashes {
  readonly complete: readonly Squash[];
  readonly partial: readonly PartialSquash[];
}

/** Only files that have not run, where others have run whose files are gone, can be such. */
async function readSquashes(history: History, database: Database): Promise<FoundSquashes> {
  const there = new Set(history.files.map(({ name }) => name));
  if (history.records.every(({ name }) => there.has(name))) return { complete: [], partial: [] };
  const found: PartialSquash[] = [];
  for (const { name } of listPending(history)) {
    const replaced = await readReplaced(name, database);
    const names = new Set(replaced.flatMap(listNames));
    const records = history.records.filter((record) => names.has(record.name));
    const ran = new Set(records.map((record) => record.name));
    if (records.length > 0)
      found.push({ name, records, missing: replaced.flatMap((each) => listMissing(each, ran)) });
  }
  return {
    complete: found.filter(({ missing }) => missing.length === 0),
    partial: found.filter(({ missing }) => missing.length > 0),
  };
}

/** A migration that cannot be loaded is told of by the run itself. */
async function readReplaced(name: string, { migrations }: Database): Promise<readonly Replaced[]> {
  const { replaces } = await migrations.read(name).catch(() => ({ replaces: undefined }));
  return isReplacedList(replaces) ? replaces : [];
}

function listNames(replaced: Replaced): readonly string[] {
  return typeof replaced === "string" ? [replaced] : replaced.flatMap(listNames);
}

/** A squash that is replaced has run too where all has that it stood for. */
function listMissing(replaced: Replaced, ran: ReadonlySet<string>): readonly string[] {
  if (typeof replaced === "string") return ran.has(replaced) ? [] : [replaced];
  const [name, ...parts] = replaced;
  if (ran.has(name)) return [];
  const missing = parts.flatMap((each) => listMissing(each, ran));
  const isBegun = parts.flatMap(listNames).some((each) => ran.has(each));
  return isBegun ? missing : [name];
}

function createPartialProblem({ name, records, missing }: PartialSquash): Problem {
  return {
    code: "migration.squash.partial",
    message: `"${name}" stands for migrations of which this database has run ${records.length}, but not ${missing.map((each) => `"${each}"`).join(", ")}.`,
    hint: `Run those first, with the project as it was before the squash (git log -- "*/${name}"): npx ashlar migrate. Then come back and migrate again.`,
  };
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
