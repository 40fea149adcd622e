/**
 * Knex takes a question mark in a statement for the place of a value unless a backslash stands before it, and PostgreSQL
 * then gets neither that backslash nor any other before the mark. So a mark after a backslash of the SQL itself, as in a
 * regular expression, is written as the escape code of an `E''` text. ashlar's client for SQLite takes away one backslash.
 */
const literals =
  /--[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"]|"")*"|\b[eE]'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|\$(\w*)\$[\s\S]*?\$\1\$/g;

/**
 * The same SQL as `knex.raw` has to be given it.
 *
 * @example
 * protectQuestionMarks("settings ? 'theme'", "postgres"); // "settings \\? 'theme'"
 */
export function protectQuestionMarks(sql: string, database: "postgres" | "sqlite"): string {
  if (!sql.includes("?")) return sql;
  if (database === "sqlite") return sql.replaceAll("\\?", "\\\\?");
  const safe = sql.includes("\\?") ? sql.replace(literals, rewriteLiteral) : sql;
  return safe.replaceAll("?", "\\?");
}

function rewriteLiteral(literal: string): string {
  if (!literal.includes("\\?")) return literal;
  if (/^[eE]'/.test(literal))
    return literal.replace(/\\[\s\S]|\?/g, (part) => (part.endsWith("?") ? "\\x3F" : part));
  if (literal.startsWith("'")) return buildEscaped(literal.slice(1, -1));
  const tag = /^\$\w*\$/.exec(literal)?.[0];
  if (tag === undefined) return literal;
  return buildEscaped(literal.slice(tag.length, -tag.length).replaceAll("'", "''"));
}

function buildEscaped(content: string): string {
  return `E'${content.replaceAll("\\", "\\\\").replaceAll("?", "\\x3F")}'`;
}
