/**
 * SQL in one spelling of what means nothing: blanks, letters outside texts and quotes, quotes around plain names,
 * parentheses around the whole.
 *
 * @example
 * normalizeSql('(LOWER("title")  = \'A\')'); // "lower(title)='A'"
 */
export function normalizeSql(sql: string): string {
  const tokens = [...sql.matchAll(tokenPattern)]
    .map(([token]) => normalizeToken(token))
    .filter((token) => token !== "");
  return joinTokens(removeWrapping(tokens));
}

const tokenPattern = /\s+|'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[\w+\]|[\w$\u0080-\uffff.]+|./gsu;

function normalizeToken(token: string): string {
  if (token.startsWith("'")) return token;
  const name = /^"(.*)"$|^`(.*)`$|^\[(\w+)\]$/s.exec(token);
  if (name === null) return token.trim().toLowerCase();
  const inner = name[1] ?? name[2] ?? name[3] ?? "";
  return /^[a-z_][a-z0-9_]*$/.test(inner) ? inner : `"${inner}"`;
}

function removeWrapping(tokens: readonly string[]): readonly string[] {
  return isWrapped(tokens) ? removeWrapping(tokens.slice(1, -1)) : tokens;
}

function isWrapped(tokens: readonly string[]): boolean {
  if (tokens[0] !== "(") return false;
  let depth = 0;
  const close = tokens.findIndex((token) => {
    if (token === "(") depth += 1;
    if (token === ")") depth -= 1;
    return depth === 0;
  });
  return close === tokens.length - 1;
}

/** A blank stands only where two words would run together. */
function joinTokens(tokens: readonly string[]): string {
  return tokens.reduce((text, token) => {
    const isApart = /[\w"'\u0080-\uffff]$/.test(text) && /^[\w"'\u0080-\uffff]/.test(token);
    return `${text}${isApart ? " " : ""}${token}`;
  }, "");
}

/** A type of PostgreSQL by the name that the database gives it. */
export function canonicalType(sql: string): string {
  const written = sql
    .trim()
    .replace(/\s+/g, " ")
    .replace(/\s*([(),])\s*/g, "$1");
  const [, name = written, size = "", rest = ""] =
    /^([a-z0-9_ ]+?)(\([\d,]*\))?((?:\[\])*)$/i.exec(written) ?? [];
  const known = typeNames[name.toLowerCase()];
  if (known === undefined) return /^[a-z0-9_ ]+$/i.test(name) ? written.toLowerCase() : written;
  const [first, zone] = known.split(/ (?=with(?:out)? time zone)/);
  return `${first}${size}${zone === undefined ? "" : ` ${zone}`}${rest}`;
}

/** Is it a type whose every spelling is known here? */
export function isCanonicalType(sql: string): boolean {
  const name = canonicalType(sql)
    .replace(/\([\d,]*\)/, "")
    .replace(/(?:\[\])+$/, "");
  return Object.values(typeNames).includes(name);
}

const typeNames: Readonly<Record<string, string>> = {
  varchar: "character varying",
  char: "character",
  bpchar: "bpchar",
  int: "integer",
  int2: "smallint",
  smallint: "smallint",
  int4: "integer",
  int8: "bigint",
  float4: "real",
  real: "real",
  float8: "double precision",
  bool: "boolean",
  decimal: "numeric",
  varbit: "bit varying",
  timestamp: "timestamp without time zone",
  timestamptz: "timestamp with time zone",
  time: "time without time zone",
  timetz: "time with time zone",
};
