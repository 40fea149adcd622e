export interface Literal {
  readonly text: string;
  readonly isNull?: true;
}

const number = /^\(?(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)\)?$/i;
const quoted = /^'((?:[^']|'')*)'$/;
const cast = /::(?:[a-z_"][\w $."]*(?:\([\d, ]*\))?(?: with(?:out)? time zone)?(?:\[\])*)$/;

/**
 * The text of a literal as PostgreSQL prints it back, its casts taken off; undefined for whatever else.
 *
 * @example
 * readLiteral("'it''s'::character varying"); // { text: "it's" }
 */
export function readLiteral(sql: string): Literal | undefined {
  const bare = removeCasts(sql.trim());
  if (/^null$/i.test(bare)) return { text: "", isNull: true };
  if (/^(?:true|false)$/.test(bare)) return { text: bare };
  const text = quoted.exec(bare)?.[1]?.replaceAll("''", "'") ?? number.exec(bare)?.[1];
  return text === undefined ? undefined : { text };
}

function removeCasts(sql: string): string {
  const open = /^\((.*)\)(::.*)$/s.exec(sql);
  const [, inner, rest] = open ?? [];
  if (inner !== undefined && rest !== undefined && isOneLiteral(inner)) return removeCasts(`${inner}${rest}`);
  const found = cast.exec(sql);
  if (found === null || insideQuotes(sql, found.index)) return sql;
  return removeCasts(sql.slice(0, found.index));
}

function isOneLiteral(sql: string): boolean {
  return /^'(?:[^']|'')*'(?:::[^']*)?$/.test(sql) || /^-?[\d.]+(?:::[^']*)?$/.test(sql);
}

function insideQuotes(sql: string, index: number): boolean {
  return [...sql.slice(0, index)].filter((character) => character === "'").length % 2 === 1;
}

/**
 * The texts in an array as PostgreSQL prints it back, `ARRAY['open'::text, 'done'::text]`; undefined where it holds
 * anything but literals.
 */
export function readArrayConstructor(sql: string): readonly string[] | undefined {
  const inner = /^ARRAY\[(.*)\]$/s.exec(sql)?.[1];
  if (inner === undefined) return undefined;
  const texts = splitList(inner).map((item) => readLiteral(item)?.text);
  return texts.includes(undefined) ? undefined : texts.filter((text) => text !== undefined);
}

/** Splits at the commas that stand in no text and no parentheses. */
export function splitList(sql: string): readonly string[] {
  const parts: string[] = [];
  let [depth, start] = [0, 0];
  for (const { 0: token, index } of sql.matchAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|[()[\],]/g)) {
    if (token === "(" || token === "[") depth += 1;
    if (token === ")" || token === "]") depth -= 1;
    if (token !== "," || depth > 0) continue;
    parts.push(sql.slice(start, index).trim());
    start = index + 1;
  }
  const last = sql.slice(start).trim();
  return last === "" && parts.length === 0 ? [] : [...parts, last];
}

/** The same without parentheses around the whole. */
export function removeParentheses(sql: string): string {
  const trimmed = sql.trim();
  return isWrapped(trimmed) ? removeParentheses(trimmed.slice(1, -1)) : trimmed;
}

function isWrapped(sql: string): boolean {
  if (!sql.startsWith("(") || !sql.endsWith(")")) return false;
  let depth = 0;
  for (const { 0: token, index } of sql.matchAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|[()]/g)) {
    if (token === "(") depth += 1;
    if (token === ")") depth -= 1;
    if (depth === 0 && index < sql.length - 1) return false;
  }
  return depth === 0;
}
