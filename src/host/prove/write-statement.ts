/**
 * A query as it could be typed: its values written where their places are.
 *
 * @example
 * writeStatement({ sql: "update t set a = $1 where b = ?", bindings: [1, "x"] }); // "update t set a = 1 where b = 'x'"
 */
export function writeStatement({
  sql,
  bindings = [],
}: {
  sql: string;
  bindings?: readonly unknown[];
}): string {
  const written = sql.trim().replace(/;$/, "");
  if (bindings.length === 0) return written;
  let next = 0;
  return written.replace(placePattern, (token, number?: string) => {
    if (token !== "?" && number === undefined) return token;
    const place = number === undefined ? next : Number(number) - 1;
    next += 1;
    return writeValue(bindings[place]);
  });
}

const placePattern = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\$(\d+)|\?/g;

function writeValue(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean")
    return String(value);
  if (value instanceof Date) return quote(value.toISOString());
  if (value instanceof Uint8Array) return `'\\x${Buffer.from(value).toString("hex")}'`;
  return quote(typeof value === "string" ? value : JSON.stringify(value));
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
