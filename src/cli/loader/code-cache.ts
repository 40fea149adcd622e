import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cachedDataVersionTag } from "node:v8";
import { crc32 } from "node:zlib";

/** What V8 compiled, kept between two runs, one file a chunk. Nothing here throws: without a cache all still works. */
export interface CodeCache {
  read(chunk: string): Buffer | undefined;
  write(entries: readonly CodeCacheEntry[]): void;
}

export interface CodeCacheEntry {
  readonly chunk: string;
  readonly data: Buffer;
}

/**
 * The cache below a folder, for this very runtime: V8 accepts only what the same version made under the same flags, and
 * reading what it then refuses costs more than having nothing, so each kind of runtime has a folder of its own. V8 does
 * not check the bytes and crashes on damaged ones, hence the checksum.
 */
export function createCodeCache(directory: string): CodeCache {
  const runtimes = join(directory, "code");
  const folder = join(runtimes, describeRuntime());
  return {
    read: (chunk) => readEntry(join(folder, `${chunk}.cache`)),
    write: (entries) => writeEntries(runtimes, folder, entries),
  };
}

/** A cache that keeps nothing. */
export const noCodeCache: CodeCache = { read: () => undefined, write: () => undefined };

function describeRuntime(): string {
  return `${process.version}-${process.arch}-${cachedDataVersionTag().toString(16)}`;
}

const checksumBytes = 4;

function readEntry(file: string): Buffer | undefined {
  try {
    const bytes = readFileSync(file);
    const data = bytes.subarray(checksumBytes);
    return bytes.readUInt32LE(0) === crc32(data) ? data : undefined;
  } catch {
    return undefined;
  }
}

function writeEntries(directory: string, folder: string, entries: readonly CodeCacheEntry[]): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const { chunk, data } of entries) writeEntry(join(folder, `${chunk}.cache`), data);
    removeForgotten(directory, folder);
  } catch {
    // A full disk or a folder that may not be written: the next run compiles once more.
  }
}

/** Two processes may write the same entry at once: each its own file, and the last rename stands. */
function writeEntry(file: string, data: Buffer): void {
  const checksum = Buffer.alloc(checksumBytes);
  checksum.writeUInt32LE(crc32(data));
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, Buffer.concat([checksum, data]), { mode: 0o600 });
  renameSync(temporary, file);
}

const forgottenAfter = 30 * 24 * 60 * 60 * 1000;

/** What an earlier version of ashlar or Node left behind; only names that this module gives, for the folder is the user's. */
function removeForgotten(directory: string, folder: string): void {
  removeOlder(directory, /^v\d+\.\d+\.\d+.*-[0-9a-f]+$/);
  removeOlder(folder, /\.cache(\.\d+)?$/);
}

function removeOlder(folder: string, pattern: RegExp): void {
  const limit = Date.now() - forgottenAfter;
  for (const name of readdirSync(folder).filter((each) => pattern.test(each))) {
    const path = join(folder, name);
    if (statSync(path).mtimeMs < limit) rmSync(path, { recursive: true, force: true });
  }
}
