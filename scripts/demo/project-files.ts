import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createDiskTree } from "../../src/host/disk-tree.js";
import type { Change } from "../../src/generator/plan.js";

export type FileTexts = ReadonlyMap<string, string>;

const uninteresting = ["package-lock.json"];

/** The files of a project by their path, without its packages and its database. */
export function readFiles(root: string): FileTexts {
  const tree = createDiskTree(root);
  const paths = tree.list("").filter((path) => !path.startsWith("data/") && !uninteresting.includes(path));
  return new Map(paths.map((path) => [path, readFileSync(join(root, path), "utf8")]));
}

/** What has become of the files since. */
export function findChanges(before: FileTexts, after: FileTexts): readonly Change[] {
  return [...after].map(([path, text]): Change => {
    const old = before.get(path);
    if (old === undefined) return { kind: "create", path, after: text };
    if (old === text) return { kind: "identical", path };
    return { kind: "patch", path, before: old, after: text, summary: [] };
  });
}

/** A change by hand: each pair is what is there and what comes in its place. Fails where something is not there. */
export function editFile(
  root: string,
  path: string,
  edits: readonly (readonly [string | RegExp, string])[],
): void {
  const text = readFileSync(join(root, path), "utf8");
  const edited = edits.reduce((before, [found, wanted]) => {
    const after = before.replace(found, wanted);
    if (after === before) throw new Error(`"${path}" has no ${String(found)}.`);
    return after;
  }, text);
  writeFileSync(join(root, path), edited);
}
