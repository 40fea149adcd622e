import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { Script } from "node:vm";
import type { CodeCache } from "./code-cache.js";

export interface ChunkLoader {
  /** The exports of a chunk by its file name; run once, whoever asks. */
  load(chunk: string): unknown;
  /** Keeps the code of the chunks that came without a cache. To be called once the work is done. */
  save(): void;
}

interface LoadedChunk {
  readonly exports: unknown;
}

type ChunkFunction = (
  exports: unknown,
  require: (specifier: string) => unknown,
  module: LoadedChunk,
  filename: string,
  directory: string,
) => void;

/**
 * Runs the chunks of the bundled command line as CommonJS modules whose compiled code is kept between runs. The code is
 * taken after the work, not before: only then does it hold the functions that the work has called, which is most of the
 * gain. A chunk's name carries a hash of its content, so a cached entry never meets another text.
 *
 * @example
 * const loader = createChunkLoader("/app/node_modules/ashlar/dist/cli", cache);
 * const { main } = loader.load("main-abc.cjs") as { main: (args: readonly string[]) => Promise<void> };
 */
export function createChunkLoader(directory: string, cache: CodeCache): ChunkLoader {
  const chunks = new Map<string, LoadedChunk>();
  const compiled: { readonly chunk: string; readonly script: Script }[] = [];
  const requireOther = createRequire(join(directory, "loader.cjs"));

  function load(chunk: string): unknown {
    const known = chunks.get(chunk);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    chunks.set(chunk, module);
    const path = join(directory, chunk);
    const run: ChunkFunction = compile(chunk, path).runInThisContext();
    run.call(module.exports, module.exports, require, module, path, directory);
    return module.exports;
  }

  function require(specifier: string): unknown {
    return specifier.startsWith("./") ? load(basename(specifier)) : requireOther(specifier);
  }

  function compile(chunk: string, path: string): Script {
    const cachedData = cache.read(chunk);
    const script = new Script(wrap(readFileSync(path, "latin1")), {
      filename: path,
      ...(cachedData && { cachedData }),
    });
    if (cachedData === undefined || script.cachedDataRejected === true) compiled.push({ chunk, script });
    return script;
  }

  function save(): void {
    if (compiled.length === 0) return;
    cache.write(compiled.map(({ chunk, script }) => ({ chunk, data: script.createCachedData() })));
  }

  return { load, save };
}

/** The build leaves nothing but ASCII in a chunk, which as latin1 reads without a decoder and stays at a byte a character. */
function wrap(source: string): string {
  return `(function (exports, require, module, __filename, __dirname) { ${source}\n})`;
}
