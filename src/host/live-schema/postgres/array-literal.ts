/** An item of an array's text: a text, null, or a list where arrays lie in arrays. */
export type ArrayItem = string | null | readonly ArrayItem[];

/**
 * The items in the text of a PostgreSQL array; undefined where it is none.
 *
 * @example
 * parseArrayLiteral('{a,"b c",NULL,{d}}'); // ["a", "b c", null, ["d"]]
 */
export function parseArrayLiteral(text: string): readonly ArrayItem[] | undefined {
  const tokens = text.match(/[{},]|"(?:[^"\\]|\\.)*"|[^{},"]+/gs) ?? [];
  const reading = { tokens, position: 0 };
  const items = tokens[0] === "{" ? readItems(reading) : undefined;
  return reading.position === tokens.length && tokens.join("") === text ? items : undefined;
}

interface Reading {
  readonly tokens: readonly string[];
  position: number;
}

function readItems(reading: Reading): readonly ArrayItem[] {
  const items: ArrayItem[] = [];
  reading.position += 1;
  for (; reading.position < reading.tokens.length; reading.position += 1) {
    const token = reading.tokens[reading.position] ?? "";
    if (token === "}") break;
    if (token === "{") {
      items.push(readItems(reading));
      reading.position -= 1;
    } else if (token !== ",") items.push(readItem(token));
  }
  reading.position += 1;
  return items;
}

function readItem(token: string): ArrayItem {
  if (token.startsWith('"')) return token.slice(1, -1).replace(/\\(.)/gs, "$1");
  return token.toUpperCase() === "NULL" ? null : token;
}
