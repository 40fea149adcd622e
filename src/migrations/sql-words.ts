/** Strings, quoted names, words, and every other character by itself. */
const TOKEN = /[eE]'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*|\s+|./gsu;

const OTHERWISE_QUOTED = /\[([^\]]+)\]|`([^`]+)`/gu;

/**
 * The names that a piece of SQL may mean, in lower case: every word outside of single quotes, keywords and functions
 * included, and every quoted name; SQLite takes names in brackets and backticks, too. Whoever looks for a column in it
 * finds the column if it is there.
 *
 * @example
 * findSqlNames(`lower("Email") <> 'none'`); // Set { "lower", "email" }
 */
export function findSqlNames(sql: string): ReadonlySet<string> {
  const names = (sql.match(TOKEN) ?? []).filter(isName).map(unquote);
  const others = [...sql.matchAll(OTHERWISE_QUOTED)].map(([, bracketed, ticked = ""]) => bracketed ?? ticked);
  return new Set([...names, ...others].map((name) => name.toLowerCase()));
}

/** Does the SQL hold the name as a word, whatever the case of its letters? */
export function isNamedIn(sql: string, name: string): boolean {
  return findSqlNames(sql).has(name.toLowerCase());
}

function isName(token: string): boolean {
  return token.startsWith('"') || /^[\p{L}_][\p{L}\p{N}_$]*$/u.test(token);
}

function unquote(token: string): string {
  return token.startsWith('"') ? token.slice(1, -1).replaceAll('""', '"') : token;
}

/**
 * The SQL of an expression after a column has got another name, as a database makes it follow. Strings, functions and
 * the types of casts stay, even where they have the column's name.
 *
 * @example
 * renameInSql("price * quantity", "price", "unit price"); // `"unit price" * quantity`
 */
export function renameInSql(sql: string, from: string, to: string): string {
  const tokens = sql.match(TOKEN) ?? [];
  return tokens
    .map((token, position) => (meansColumn(tokens, position, from) ? quoteLike(token, to) : token))
    .join("");
}

function meansColumn(tokens: readonly string[], position: number, column: string): boolean {
  const token = tokens[position] ?? "";
  if (token.startsWith('"')) return unquote(token) === column;
  if (!isName(token) || token.toLowerCase() !== column.toLowerCase()) return false;
  const next = tokens.slice(position + 1).find((other) => other.trim() !== "");
  const isCastType = tokens[position - 1] === ":" && tokens[position - 2] === ":";
  return next !== "(" && !next?.startsWith("'") && !isCastType;
}

/** A name that SQL may take for a word of its own, or fold into lower case, has to stand in quotes. */
function quoteLike(token: string, name: string): string {
  const isPlain = /^[a-z_][a-z0-9_]*$/.test(name) && !reserved.has(name) && !token.startsWith('"');
  return isPlain ? name : `"${name.replaceAll('"', '""')}"`;
}

/** The words that PostgreSQL or SQLite refuse as the name of a column unless they are quoted. */
const reserved: ReadonlySet<string> = new Set(
  (
    "add all alter analyse analyze and any array as asc asymmetric authorization between binary both by case cast check " +
    "collate collation column commit concurrently constraint create cross current_catalog current_date current_role " +
    "current_schema current_time current_timestamp current_user default deferrable delete desc distinct do drop else " +
    "end escape except exists false fetch for foreign freeze from full grant group having ilike in index initially " +
    "inner insert intersect into is isnull join lateral leading left like limit localtime localtimestamp natural not " +
    "notnull null offset on only or order outer overlaps placing primary references returning right select " +
    "session_user set similar some symmetric system_user table tablesample then to trailing transaction true union " +
    "unique update user using values variadic verbose when where window with"
  ).split(" "),
);
