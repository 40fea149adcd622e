import type { FileTree } from "../../generator/file-tree.js";
import { isSourceFile } from "../../generator/paths.js";

/**
 * The files below a folder that make a domain by ashlar's `domain`. Running a module that makes none might start a
 * server, so only those are taken that import the function and call it; nothing is parsed to know that.
 *
 * @example
 * findDomainModules(files, "src"); // ["src/accounts/accounts.ts", "src/works/works.ts"]
 */
export function findDomainModules(files: FileTree, folder: string): readonly string[] {
  return files.list(folder).filter((path) => isSourceFile(path) && makesDomain(files.read(path) ?? ""));
}

const importClause = /import\s+(?!type\b)([^;"']*?)\s+from\s*["']ashlar["']/g;
const requireClause = /(?:const|let|var)\s*(\{[^}]*\}|[\w$]+)\s*=\s*require\(\s*["']ashlar["']\s*\)/g;

function makesDomain(text: string): boolean {
  if (!text.includes("domain")) return false;
  const clauses = [...text.matchAll(importClause), ...text.matchAll(requireClause)].map(
    ([, clause = ""]) => clause,
  );
  return clauses
    .flatMap(listCallees)
    .some((callee) => new RegExp(`(?<![\\w$.])${callee.replaceAll("$", "\\$")}\\s*\\(`).test(text));
}

/** What calls of `domain` begin with, where a clause brings it: `domain`, `makeDomain`, `ashlar.domain`. */
function listCallees(clause: string): readonly string[] {
  const named = /(?<![\w$])domain(?:\s+as\s+|\s*:\s*)?([\w$]*)(?![\w$])/.exec(clause);
  if (clause.includes("{")) return named === null ? [] : [named[1] || "domain"];
  const [name] = /[\w$]+$/.exec(clause) ?? [];
  return name === undefined ? [] : [`${name}\\.domain`];
}
