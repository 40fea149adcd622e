/**
 * Opens PGlite on a folder or in memory. Two processes on one folder would both work and lose each other's rows, so a
 * lock beside the folder lets one in. A first start that was cut off leaves half a database; a mark in the folder,
 * there only until the first start is done, tells that nothing of it can be wanted.
 */
import { existsSync, mkdirSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Extensions, PGlite, PGliteOptions } from "@electric-sql/pglite";
import { failure, isAshlarError } from "../support/problem.js";
import { acquireProcessLock, type ProcessLock } from "../support/process-lock.js";
import { createDriverMissingError, loadFirstInstalled } from "./load-driver.js";
import { PgliteConnection } from "./pglite-connection.js";
import { readTemplate, removeTemplate, saveTemplate } from "./pglite-template.js";

export interface PgliteSettings {
  /** The folder that holds the database; without one, or with `memory://`, it lives in memory. */
  readonly dataDir?: string;
  readonly extensions?: Extensions;
}

/** The part of PGlite's module that makes databases. */
interface PgliteDriver {
  readonly PGlite: { create(options: PGliteOptions): Promise<PGlite> };
}

const firstStartMark = "ashlar-first-start";

export async function openPglite({
  dataDir = "",
  extensions = {},
}: PgliteSettings): Promise<PgliteConnection> {
  if (dataDir === "" || dataDir.startsWith("memory://")) {
    return new PgliteConnection(await createDatabase({ extensions }), () => {});
  }
  const folder = makeFolder(dataDir);
  const lock = lockFolder(folder, dataDir);
  try {
    const options = { dataDir: folder, extensions };
    const database = isStarted(folder) ? await start(options) : await startFirst(options);
    return new PgliteConnection(database, () => lock.release());
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The folder's one true path: a link to it must lead to the same lock. */
function makeFolder(dataDir: string): string {
  const folder = resolve(dataDir.replace(/^file:\/\//, ""));
  mkdirSync(folder, { recursive: true });
  return realpathSync(folder);
}

function lockFolder(folder: string, dataDir: string): ProcessLock {
  try {
    return acquireProcessLock(`${folder}.lock`, { purpose: `the database in "${dataDir}"` });
  } catch (error) {
    if (!isAshlarError(error) || error.code !== "lock.held") throw error;
    throw failure(
      ...error.problems.map((problem) => ({
        ...problem,
        code: "database.locked",
        message: `A PGlite database is open in one process at a time. ${problem.message}`,
      })),
    );
  }
}

function isStarted(folder: string): boolean {
  return existsSync(join(folder, "PG_VERSION")) && !existsSync(join(folder, firstStartMark));
}

async function startFirst(options: PGliteOptions & { readonly dataDir: string }): Promise<PGlite> {
  const mark = join(options.dataDir, firstStartMark);
  if (existsSync(mark)) emptyFolder(options.dataDir);
  else refuseForeignFolder(options.dataDir);
  writeFileSync(mark, "");
  const database = await createDatabase(options);
  rmSync(mark);
  return database;
}

function refuseForeignFolder(folder: string): void {
  const [name] = readdirSync(folder);
  if (name === undefined) return;
  throw failure({
    code: "database.folder.foreign",
    message: `"${folder}" holds no database but other files, such as "${name}".`,
    hint: "Name an empty or a new folder as dataDir.",
  });
}

/** A new database, from the template where there is one that works. */
async function createDatabase(options: PGliteOptions): Promise<PGlite> {
  const template = readTemplate();
  if (template !== undefined) {
    try {
      return await start({ ...options, loadDataDir: template });
    } catch {
      removeTemplate();
      if (options.dataDir !== undefined) emptyFolder(options.dataDir);
    }
  }
  const database = await start(options);
  await saveTemplate(database);
  return database;
}

/** The mark stays, so that a kill at this moment is noticed too. */
function emptyFolder(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (name !== firstStartMark) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

async function start(options: PGliteOptions): Promise<PGlite> {
  const driver = loadFirstInstalled("@electric-sql/pglite");
  if (driver === undefined) throw createDriverMissingError("PGlite", "@electric-sql/pglite");
  // The package of that name has it.
  return (driver as PgliteDriver).PGlite.create(options);
}
