/** Is a path, relative to the folder of the ignore file, ignored? */
export type IgnoreTest = (path: string) => boolean;

interface Rule {
  readonly pattern: RegExp;
  readonly isNegated: boolean;
  readonly isForFolders: boolean;
}

/**
 * The rules of a .gitignore or .prettierignore. As in git, nothing below an ignored folder comes back.
 *
 * @example
 * const isIgnored = createIgnoreTest("dist/\n*.gen.ts\n!keep.gen.ts");
 * isIgnored("src/a.gen.ts"); // true
 */
export function createIgnoreTest(text: string): IgnoreTest {
  const rules = text
    .split(/\r?\n/)
    .map(parseRule)
    .filter((rule) => rule !== undefined);
  return (path) => {
    const parts = path.split("/");
    return parts.some((_, index) => {
      const isFolder = index < parts.length - 1;
      return isMatched(rules, parts.slice(0, index + 1).join("/"), isFolder);
    });
  };
}

function isMatched(rules: readonly Rule[], path: string, isFolder: boolean): boolean {
  const last = rules.findLast((rule) => (isFolder || !rule.isForFolders) && rule.pattern.test(`/${path}`));
  return last !== undefined && !last.isNegated;
}

function parseRule(line: string): Rule | undefined {
  const text = line.replace(/(?<!\\) +$/, "");
  if (text === "" || text.startsWith("#")) return undefined;
  const isNegated = text.startsWith("!");
  const glob = text.replace(/^!/, "").replace(/^\\(?=[!#])/, "");
  const body = glob.replace(/\/$/, "");
  const isAnchored = body.includes("/");
  const pattern = compile(
    `^${isAnchored ? "" : ".*"}${toPattern(body.startsWith("/") ? body : `/${body}`)}$`,
  );
  return pattern === undefined ? undefined : { pattern, isNegated, isForFolders: glob.endsWith("/") };
}

/** A pattern that is none, such as `[z-a]`, matches nothing. */
function compile(source: string): RegExp | undefined {
  try {
    return new RegExp(source);
  } catch {
    return undefined;
  }
}

function toPattern(glob: string): string {
  const token = /\*\*\/|\/\*\*$|\*+|\?|\[!?[^\]]+\]|\\.|[^*?[\\/]+|./g;
  return glob.replace(token, (part) => {
    if (part === "**/") return "(?:.*/)?";
    if (part === "/**") return "/.*";
    if (part.startsWith("*")) return "[^/]*";
    if (part === "?") return "[^/]";
    if (/^\[.+\]$/.test(part)) return part.replace(/^\[!/, "[^").replace(/\\/g, "\\\\");
    return part.replace(/^\\(?=.)/, "").replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
  });
}
