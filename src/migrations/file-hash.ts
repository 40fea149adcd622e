/**
 * The hash of a migration's file. It is that of what a formatter leaves as it is: line ends, white space, comments,
 * the kind of quotes, semicolons and commas before a bracket do not count, so a project that begins to use a
 * formatter, or another one, has edited nothing. What stands within quotes counts to the letter: it is SQL.
 */
import { createHash } from "node:crypto";
import { extname } from "node:path";

const languages = [".js", ".cjs", ".mjs", ".ts", ".cts", ".mts"];

/**
 * The SHA-256, in hexadecimal, of the text of the migration `name`.
 *
 * @example
 * hashMigration("1.ts", 'f("a");\n') === hashMigration("1.ts", "f( 'a' )\r\n"); // true
 */
export function hashMigration(name: string, text: string): string {
  const plain = text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  const kept = languages.includes(extname(name)) ? removeFormatting(plain) : plain;
  return createHash("sha256").update(kept).digest("hex");
}

/** A comment; quoted text; what formatters add and take away. In this order: a comment may hold quotes, quotes no comment. */
const token =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|(`(?:\\[\s\S]|[^\\`])*`)|"((?:\\[\s\S]|[^\\"\n])*)"|'((?:\\[\s\S]|[^\\'\n])*)'|[\s;]+/g;

function removeFormatting(text: string): string {
  return text
    .replace(token, (_all, template?: string, double?: string, single?: string) => {
      if (template !== undefined) return template;
      const quoted = double ?? single;
      return quoted === undefined ? "" : `"${quoted.replace(/\\?(["'])/g, "$1")}"`;
    })
    .replace(/,([)\]}])/g, "$1")
    .replace(/\(([\w$]+)\)=>/g, "$1=>");
}
