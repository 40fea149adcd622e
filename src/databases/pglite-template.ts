/**
 * PGlite's first start makes a whole database, which takes seconds; from a copy of a fresh one it takes one. The copy
 * is kept in the user's cache folder. It is never required: whatever goes wrong with it, the long way is taken.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import type { PGlite } from "@electric-sql/pglite";
import { findCacheDirectory } from "../support/cache-directory.js";
import { resolveInstalled } from "./load-driver.js";

/** A fresh database as a tar file, or undefined where there is none yet. */
export function readTemplate(): Blob | undefined {
  try {
    return new Blob([gunzipSync(readFileSync(locateTemplate()))], { type: "application/x-tar" });
  } catch {
    return undefined;
  }
}

/** Keeps a copy of a database that holds nothing yet. */
export async function saveTemplate(database: PGlite): Promise<void> {
  try {
    const template = locateTemplate();
    const dump = await database.dumpDataDir("none");
    mkdirSync(dirname(template), { recursive: true });
    replaceFile(template, gzipSync(await dump.arrayBuffer(), { level: 1 }));
  } catch {
    // The next first start takes the long way too.
  }
}

export function removeTemplate(): void {
  rmSync(locateTemplate(), { force: true });
}

/** Two processes may write it at once: each its own file, and the last rename stands. */
function replaceFile(path: string, content: Uint8Array): void {
  const draft = `${path}.${process.pid}`;
  try {
    writeFileSync(draft, content);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Throws where there is to be no cache. */
function locateTemplate(): string {
  const folder = findCacheDirectory(process.env, process.platform);
  if (folder === undefined) throw new Error("The cache is off.");
  return join(folder, `pglite-${readPgliteVersion()}.tar.gz`);
}

function readPgliteVersion(): string {
  const entry = resolveInstalled("@electric-sql/pglite") ?? "";
  const manifest: { version: string } = JSON.parse(
    readFileSync(join(dirname(entry), "..", "package.json"), "utf8"),
  );
  return manifest.version;
}
