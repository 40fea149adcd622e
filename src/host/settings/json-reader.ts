/** A JSON text as a value, with the offset of each key of its top level; or the first thing that is wrong with it. */
export type JsonReading =
  | { readonly kind: "read"; readonly value: unknown; readonly keys: ReadonlyMap<string, number> }
  | { readonly kind: "failed"; readonly offset: number; readonly message: string };

const space = /[ \t\r\n]*/y;
const stringToken = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const scalarToken = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.])/y;

/**
 * Reads JSON as `JSON.parse` does, whose errors do not say where in every version of Node.
 *
 * @example
 * readJson('{ "a": 1, }'); // { kind: "failed", offset: 10, message: "a comma stands before the closing }" }
 */
export function readJson(text: string): JsonReading {
  const keys = new Map<string, number>();
  const cursor: Cursor = { text, offset: text.startsWith("\uFEFF") ? 1 : 0, depth: 0, keys };
  try {
    const value = readValue(cursor);
    skipSpace(cursor);
    if (cursor.offset < text.length) throw new JsonError("there is more after the end");
    return { kind: "read", value, keys };
  } catch (error) {
    if (error instanceof JsonError) return { kind: "failed", offset: cursor.offset, message: error.message };
    throw error;
  }
}

interface Cursor {
  readonly text: string;
  offset: number;
  depth: number;
  readonly keys: Map<string, number>;
}

class JsonError extends Error {}

function readValue(cursor: Cursor): unknown {
  skipSpace(cursor);
  const next = cursor.text[cursor.offset];
  if (next === "{") return Object.fromEntries(readItems(cursor, "}", readEntry));
  if (next === "[") return readItems(cursor, "]", readValue);
  const token = readToken(cursor, next === '"' ? stringToken : scalarToken);
  if (token === undefined) throw new JsonError(describeUnexpected(cursor, "a value"));
  return JSON.parse(token);
}

function readItems<Item>(cursor: Cursor, end: "}" | "]", read: (cursor: Cursor) => Item): Item[] {
  const items: Item[] = [];
  cursor.offset += 1;
  cursor.depth += 1;
  if (!skip(cursor, end)) {
    do {
      skipSpace(cursor);
      if (cursor.text[cursor.offset] === end) throw new JsonError(`a comma stands before the closing ${end}`);
      items.push(read(cursor));
    } while (skip(cursor, ","));
    if (!skip(cursor, end)) throw new JsonError(describeUnexpected(cursor, `a comma or the closing ${end}`));
  }
  cursor.depth -= 1;
  return items;
}

function readEntry(cursor: Cursor): [string, unknown] {
  const start = cursor.offset;
  const token = readToken(cursor, stringToken);
  if (token === undefined) throw new JsonError(describeUnexpected(cursor, "a name in double quotes"));
  const name = String(JSON.parse(token));
  if (cursor.depth === 1) {
    if (cursor.keys.has(name)) {
      cursor.offset = start;
      throw new JsonError(`"${name}" stands here a second time`);
    }
    cursor.keys.set(name, start);
  }
  if (!skip(cursor, ":")) throw new JsonError(describeUnexpected(cursor, "a colon"));
  return [name, readValue(cursor)];
}

function describeUnexpected({ text, offset }: Cursor, expected: string): string {
  if (text.startsWith("//", offset) || text.startsWith("/*", offset)) return "JSON has no comments";
  return offset >= text.length ? `the file ends where ${expected} belongs` : `${expected} belongs here`;
}

function skip(cursor: Cursor, character: string): boolean {
  skipSpace(cursor);
  if (cursor.text[cursor.offset] !== character) return false;
  cursor.offset += 1;
  return true;
}

function skipSpace(cursor: Cursor): void {
  readToken(cursor, space);
}

function readToken(cursor: Cursor, pattern: RegExp): string | undefined {
  pattern.lastIndex = cursor.offset;
  const token = pattern.exec(cursor.text)?.[0];
  cursor.offset += token?.length ?? 0;
  return token;
}
