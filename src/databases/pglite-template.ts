/**
 * PGlite's first start makes a whole database, which takes seconds; from a copy of a fresh one it takes one. The copy
 * is kept in the user's cache folder. It is never required: whatever goes wrong with it, the long way is taken.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import type { PGlite } from "@electric-sql/pglite";
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
  const template = locateTemplate();
  const draft = `${template}.${process.pid}`;
  try {
    const dump = await database.dumpDataDir("none");
    mkdirSync(dirname(template), { recursive: true });
    writeFileSync(draft, gzipSync(await dump.arrayBuffer(), { level: 1 }));
    renameSync(draft, template);
  } catch {
    removeQuietly(draft);
  }
}

export function removeTemplate(): void {
  removeQuietly(locateTemplate());
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The next first start makes its database without it, as this one does.
  }
}

function locateTemplate(): string {
  return join(locateCacheFolder(), "ashlar", `pglite-${readPgliteVersion()}.tar.gz`);
}

function locateCacheFolder(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (process.platform === "win32" && LOCALAPPDATA !== undefined) return LOCALAPPDATA;
  if (process.platform === "darwin") return join(homedir(), "Library", "Caches");
  return XDG_CACHE_HOME ?? join(homedir(), ".cache");
}

function readPgliteVersion(): string {
  const entry = resolveInstalled("@electric-sql/pglite") ?? "";
  const { version } = JSON.parse(readFileSync(join(dirname(entry), "..", "package.json"), "utf8")) as {
    version: string;
  };
  return version;
}
