import { join } from "node:path";
import { expect, test } from "vitest";
import { createChunkLoader, type ChunkLoader } from "../../../src/cli/loader/chunk-loader.js";
import { createCodeCache, noCodeCache, type CodeCache } from "../../../src/cli/loader/code-cache.js";
import { createProjectFolder, createTemporaryFolder } from "../../host/temporary-project.js";

const chunks = {
  "main-1.cjs": `
    exports.path = require("node:path");
    exports.file = __filename;
    exports.folder = __dirname;
    exports.count = require("./count-1.cjs");
    exports.again = require("./count-1.cjs");
    exports.compute = (n) => (function inner(m) { return m * 2; })(n);`,
  "count-1.cjs": `module.exports = { runs: (globalThis.ashlarTestRuns = (globalThis.ashlarTestRuns ?? 0) + 1) };`,
  "round-1.cjs": `exports.early = true; exports.other = require("./trip-1.cjs").seen;`,
  "trip-1.cjs": `exports.seen = require("./round-1.cjs").early;`,
};

interface Main {
  readonly path: unknown;
  readonly file: string;
  readonly folder: string;
  readonly count: { readonly runs: number };
  readonly again: unknown;
  compute(n: number): number;
}

function loadMain(loader: ChunkLoader): Main {
  return loader.load("main-1.cjs") as Main;
}

test("a chunk runs as a CommonJS module and knows where it lies", async () => {
  const directory = createProjectFolder(chunks);
  const main = loadMain(createChunkLoader(directory, noCodeCache));
  expect(main.file).toBe(join(directory, "main-1.cjs"));
  expect(main.folder).toBe(directory);
  expect(main.path).toBe((await import("node:path")).default);
});

test("a chunk that is asked for twice runs once", () => {
  const main = loadMain(createChunkLoader(createProjectFolder(chunks), noCodeCache));
  expect(main.again).toBe(main.count);
});

test("chunks may need each other", () => {
  const loader = createChunkLoader(createProjectFolder(chunks), noCodeCache);
  expect(loader.load("round-1.cjs")).toMatchObject({ early: true, other: true });
});

test("code that was kept runs as code that was compiled does", () => {
  const directory = createProjectFolder(chunks);
  const cache = createCodeCache(createTemporaryFolder());
  const first = createChunkLoader(directory, cache);
  expect(loadMain(first).compute(2)).toBe(4);
  first.save();
  expect(cache.read("main-1.cjs")).toBeDefined();
  expect(loadMain(createChunkLoader(directory, cache)).compute(21)).toBe(42);
});

test("only chunks that had to be compiled are kept again", () => {
  const directory = createProjectFolder(chunks);
  const cache = createCodeCache(createTemporaryFolder());
  const written: string[] = [];
  const watched: CodeCache = {
    read: cache.read,
    write: (entries) => {
      written.push(...entries.map(({ chunk }) => chunk));
      cache.write(entries);
    },
  };
  const run = (chunk: string): void => {
    const loader = createChunkLoader(directory, watched);
    loader.load(chunk);
    loader.save();
  };
  run("count-1.cjs");
  run("main-1.cjs");
  run("main-1.cjs");
  expect(written).toEqual(["count-1.cjs", "main-1.cjs"]);
});

test("a cache that V8 refuses is left aside and replaced", () => {
  const directory = createProjectFolder(chunks);
  const cache = createCodeCache(createTemporaryFolder());
  cache.write([{ chunk: "main-1.cjs", data: Buffer.from("of another version") }]);
  const loader = createChunkLoader(directory, cache);
  expect(loadMain(loader).compute(1)).toBe(2);
  loader.save();
  expect(cache.read("main-1.cjs")?.toString()).not.toBe("of another version");
});
