import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createCodeCache } from "../../../src/cli/loader/code-cache.js";
import { createTemporaryFolder } from "../../host/temporary-project.js";

const entry = { chunk: "main-abc.cjs", data: Buffer.from("compiled code") };

function findFolder(directory: string): string {
  const [runtime = ""] = readdirSync(join(directory, "code"));
  return join(directory, "code", runtime);
}

test("what was written is read, and nothing else is there", () => {
  const directory = join(createTemporaryFolder(), "cache");
  const cache = createCodeCache(directory);
  cache.write([entry]);
  expect(cache.read(entry.chunk)).toEqual(entry.data);
  expect(cache.read("other-abc.cjs")).toBeUndefined();
  expect(readdirSync(findFolder(directory))).toEqual(["main-abc.cjs.cache"]);
});

test("each runtime has a folder of its own", () => {
  const directory = createTemporaryFolder();
  createCodeCache(directory).write([entry]);
  expect(findFolder(directory)).toContain(`${process.version}-${process.arch}-`);
});

test.each([
  ["a byte is other", (bytes: Buffer) => bytes.fill(1, 7, 8)],
  ["the end is missing", (bytes: Buffer) => bytes.subarray(0, -1)],
  ["nothing is there", () => Buffer.alloc(0)],
  ["nothing but zeros is there", (bytes: Buffer) => Buffer.alloc(bytes.length)],
])("an entry is not read where %s", (_name, damage) => {
  const directory = createTemporaryFolder();
  const cache = createCodeCache(directory);
  cache.write([entry]);
  const file = join(findFolder(directory), "main-abc.cjs.cache");
  writeFileSync(file, damage(readFileSync(file)));
  expect(cache.read(entry.chunk)).toBeUndefined();
});

test("a folder that cannot be made is no error", () => {
  const directory = join(createTemporaryFolder(), "file");
  writeFileSync(directory, "");
  const cache = createCodeCache(directory);
  cache.write([entry]);
  expect(cache.read(entry.chunk)).toBeUndefined();
});

test("what was forgotten for long is removed, and what is not ours is left", () => {
  const directory = createTemporaryFolder();
  const old = join(directory, "code", "v18.0.0-x64-abc");
  const foreign = join(directory, "code", "letters");
  for (const folder of [old, foreign]) {
    mkdirSync(folder, { recursive: true });
    utimesSync(folder, 0, 0);
  }
  createCodeCache(directory).write([entry]);
  expect(readdirSync(join(directory, "code"))).not.toContain("v18.0.0-x64-abc");
  expect(readdirSync(join(directory, "code"))).toContain("letters");
});
