import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { failure } from "../support/problem.js";

/**
 * The project's root, absolute: the nearest folder upward from `cwd` that holds ashlar.config.json, else the nearest that
 * holds package.json.
 *
 * @throws AshlarError `project.missing`
 * @example
 * findProjectRoot("/home/ada/shop/src/orders"); // "/home/ada/shop"
 */
export function findProjectRoot(cwd: string): string {
  const start = resolve(cwd);
  const root = findUpward(start, "ashlar.config.json") ?? findUpward(start, "package.json");
  if (root !== undefined) return root;
  throw failure({
    code: "project.missing",
    message: `There is no project here: neither "${start}" nor a folder above it holds ashlar.config.json or package.json.`,
    hint: "Start one with: npx ashlar new my-app. In a project that has Knex: npx ashlar init.",
  });
}

/** The nearest folder upward from `start` that holds an entry of this name. */
export function findUpward(start: string, name: string): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, name))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}
