/*
 * PostgreSQL changes the type of a column without a look at its rows where the new type holds every value just as the
 * old one does. A test asks a server of every pair of types here.
 */

/**
 * Do the rows stay as they are where a column of the one type becomes one of the other? Both as SQL writes them.
 *
 * @example
 * keepsValues("varchar(100)", "text"); // true
 * keepsValues("integer", "bigint"); // false
 */
export function keepsValues(before: string, after: string): boolean {
  const [from, to] = [readType(before), readType(after)];
  if (from.name !== to.name) return to.size === Infinity && (takes[to.name]?.includes(from.name) ?? false);
  if (from.size === to.size && from.scale === to.scale) return true;
  const grows = to.size === Infinity || (to.size > from.size && to.scale === from.scale);
  return grows && growing.includes(to.name);
}

interface SizedType {
  readonly name: string;
  /** The most characters, digits or bits. */
  readonly size: number;
  readonly scale?: number;
}

/** Where a larger size, or none, is no other type. */
const growing = ["varchar", "varbit", "numeric", "timestamp", "timestamptz", "time", "timetz", "interval"];

/** What a type without a size holds as it is. */
const takes: Readonly<Record<string, readonly string[]>> = {
  text: ["varchar", "xml"],
  varchar: ["text", "xml"],
  varbit: ["bit"],
  inet: ["cidr"],
};

const aliases: Readonly<Record<string, string>> = {
  "character varying": "varchar",
  "bit varying": "varbit",
  decimal: "numeric",
  "timestamp with time zone": "timestamptz",
  "timestamp without time zone": "timestamp",
  "time with time zone": "timetz",
  "time without time zone": "time",
};

/** `timestamp(3) with time zone` is a `timestamptz` of size 3. */
function readType(sql: string): SizedType {
  const text = sql.trim().replace(/\s+/g, " ");
  const [, word = text, size, scale, rest = ""] =
    /^([a-z ]+?) ?\( ?(\d+) ?(?:, ?(-?\d+) ?)?\)( [a-z ]+)?$/i.exec(text) ?? [];
  const name = nameOf(word + rest);
  if (size === undefined) return { name, size: Infinity };
  if (name === "numeric") return { name, size: Number(size), scale: Number(scale ?? 0) };
  // Moments have six digits where nobody says otherwise.
  return { name, size: /^time|^interval/.test(name) && size === "6" ? Infinity : Number(size) };
}

/** A quoted name is of some type of the project's own. */
function nameOf(words: string): string {
  const name = words.startsWith('"') ? words : words.toLowerCase();
  return aliases[name] ?? name;
}
