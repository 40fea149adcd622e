import { posix } from "node:path";
import type { Settings } from "../settings.js";

/** `paths` of the tsconfig: alias pattern to target patterns, relative to the project's root. */
export type PathAliases = Settings["paths"];

/**
 * What tells one module of the project from another: its path from the root without extension and without `/index`.
 *
 * @example
 * findModuleKey("src/works/index.ts"); // "src/works"
 */
export function findModuleKey(path: string): string {
  return posix
    .normalize(path)
    .replace(/\.(d\.)?[cm]?[jt]sx?$/, "")
    .replace(/(^|\/)index$/, "")
    .replace(/\/$/, "");
}

/**
 * The modules of the project that a specifier in a file may mean, by their keys; none where it names a package.
 *
 * @example
 * findTargets("@/works/task.js", "src/accounts/user.ts", { "@/*": ["src/*"] }); // ["src/works/task"]
 */
export function findTargets(specifier: string, from: string, aliases: PathAliases): readonly string[] {
  if (isRelative(specifier)) return [findModuleKey(posix.join(posix.dirname(from), specifier))];
  return listAliases(aliases).flatMap(({ pattern, target }) => {
    const rest = matchPattern(pattern, specifier);
    return rest === undefined ? [] : [findModuleKey(target.replace("*", rest))];
  });
}

/** Every alias with each of its targets. One that any package name would match says nothing and is left out. */
export function listAliases(
  aliases: PathAliases,
): readonly { readonly pattern: string; readonly target: string }[] {
  return Object.entries(aliases)
    .filter(([pattern]) => pattern !== "*")
    .flatMap(([pattern, targets]) => targets.map((target) => ({ pattern, target: posix.normalize(target) })));
}

export function isRelative(specifier: string): boolean {
  return /^\.{1,2}(\/|$)/.test(specifier);
}

/** What stands for the star of a pattern; the empty string where the pattern has none and is met exactly. */
export function matchPattern(pattern: string, text: string): string | undefined {
  const [head = "", tail] = pattern.split("*");
  if (tail === undefined) return head === text ? "" : undefined;
  const fits = text.length >= head.length + tail.length && text.startsWith(head) && text.endsWith(tail);
  return fits ? text.slice(head.length, text.length - tail.length) : undefined;
}
