import type { ProjectIndex } from "../../generator/project-index.js";

/**
 * The files that make a domain by ashlar's `domain`. The index knows calls that look like one; running a module that
 * makes none might start a server, so only those are taken that import `domain` and call it.
 *
 * @example
 * findDomainModules(indexProject(files, settings), files); // ["src/accounts/accounts.ts", "src/works/works.ts"]
 */
export function findDomainModules(
  { domains }: Pick<ProjectIndex, "domains">,
  files: { read(path: string): string | undefined },
): readonly string[] {
  const candidates = [...new Set([...domains.values()].flat())].sort();
  return candidates.filter((path) => makesDomain(files.read(path) ?? ""));
}

const importClause = /import\s+(?!type\b)([^;"']*?)\s+from\s*["']ashlar["']/g;
const requireClause = /(?:const|let|var)\s*(\{[^}]*\}|[\w$]+)\s*=\s*require\(\s*["']ashlar["']\s*\)/g;

function makesDomain(text: string): boolean {
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
