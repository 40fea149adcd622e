import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { findCacheDirectory } from "../../support/cache-directory.js";
import { createChunkLoader } from "./chunk-loader.js";
import type { CodeCache } from "./code-cache.js";
import { createCodeCache, noCodeCache } from "./code-cache.js";

/**
 * The exports of an entry of the bundled command line, `main` or `testing`. What had to be compiled is kept when the
 * process ends, but a failure is not kept waiting for that.
 *
 * @example
 * load("main").main(process.argv.slice(2));
 */
export function load(entry: string): unknown {
  provideImport();
  const directory = dirname(fileURLToPath(import.meta.url));
  const loader = createChunkLoader(directory, openCodeCache());
  process.on("exit", (code) => {
    if (code !== 1 && code !== 2) loader.save();
  });
  return loader.load(findChunk(directory, entry));
}

/** A script that comes from V8's cache has no loader behind its `import()`; this file, which Node loaded itself, has. */
function provideImport(): void {
  const importModule = (specifier: string): Promise<unknown> => import(specifier);
  Object.assign(globalThis, { [Symbol.for("ashlar.importModule")]: importModule });
}

function openCodeCache(): CodeCache {
  const directory = findCacheDirectory(process.env, process.platform);
  return directory === undefined ? noCodeCache : createCodeCache(directory);
}

function findChunk(directory: string, entry: string): string {
  const chunks: Record<string, string> = JSON.parse(readFileSync(join(directory, "chunks.json"), "utf8"));
  const chunk = chunks[entry];
  if (chunk === undefined) throw new Error(`"${entry}" is no entry of the bundled command line.`);
  return chunk;
}
