import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const sources = [
  "src",
  "scripts/bundle",
  "rolldown.config.ts",
  "tsconfig.json",
  "tsconfig.build.json",
  "package.json",
];

/** The last of them is written last. */
const results = ["dist/runtime/index.js", "dist/cli/loader.cjs", "dist/testing/index.d.ts"];

/** Is `dist` missing, or older than what it is built from? */
export function isBuildStale(): boolean {
  const built = Math.min(...results.map(findTime));
  return sources.some((source) => findNewest(source) > built);
}

/** The time of the newest file at a path or below it. */
function findNewest(path: string): number {
  if (!statSync(path).isDirectory()) return findTime(path);
  return Math.max(...readdirSync(path).map((name) => findNewest(join(path, name))));
}

/** 0 for what is not there. */
function findTime(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
