import { homedir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findCacheDirectory } from "../../src/support/cache-directory.js";

test("the cache lies where the system keeps a user's caches", () => {
  expect(findCacheDirectory({}, "linux")).toBe(join(homedir(), ".cache", "ashlar"));
  expect(findCacheDirectory({ XDG_CACHE_HOME: "/caches" }, "linux")).toBe(join("/caches", "ashlar"));
  expect(findCacheDirectory({}, "darwin")).toBe(join(homedir(), "Library", "Caches", "ashlar"));
  expect(findCacheDirectory({ LOCALAPPDATA: "/local" }, "win32")).toBe(join("/local", "ashlar"));
});

test("ASHLAR_CACHE_DIR names another folder", () => {
  expect(findCacheDirectory({ ASHLAR_CACHE_DIR: "/mine", XDG_CACHE_HOME: "/caches" }, "linux")).toBe("/mine");
  expect(findCacheDirectory({ ASHLAR_CACHE_DIR: "", XDG_CACHE_HOME: "/caches" }, "linux")).toBe(
    join("/caches", "ashlar"),
  );
});

test.each(["off", "0"])("ASHLAR_CACHE_DIR=%s turns the cache off", (value) => {
  expect(findCacheDirectory({ ASHLAR_CACHE_DIR: value }, "linux")).toBeUndefined();
});
