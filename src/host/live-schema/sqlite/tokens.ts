/** A piece of SQL: `text` as it stands, `word` in lower case without quotes. */
export interface Token {
  readonly kind: "word" | "name" | "text" | "sign";
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

const pattern =
  /\s+|--[^\n]*|\/\*[\s\S]*?\*\/|("(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\])|('(?:[^']|'')*')|([\w$\u0080-\uffff]+)|(.)/gs;

/** The pieces of a statement; blanks and comments are left out. */
export function readTokens(sql: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const match of sql.matchAll(pattern)) {
    const [all, name, text, word, sign] = match;
    const place = { start: match.index, end: match.index + all.length };
    if (name !== undefined) tokens.push({ kind: "name", word: unquote(name), ...place });
    else if (text !== undefined) tokens.push({ kind: "text", word: unquote(text), ...place });
    else if (word !== undefined) tokens.push({ kind: "word", word: word.toLowerCase(), ...place });
    else if (sign !== undefined) tokens.push({ kind: "sign", word: sign, ...place });
  }
  return tokens;
}

function unquote(name: string): string {
  const quote = name[0] ?? "";
  return name.slice(1, -1).replaceAll(quote + quote, quote);
}

/** Is it this keyword or sign? A quoted name never is. */
export function isWord(token: Token | undefined, ...words: readonly string[]): boolean {
  return (
    token !== undefined && (token.kind === "word" || token.kind === "sign") && words.includes(token.word)
  );
}

/** The position after the parenthesis that closes the one at `open`. */
export function findClose(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let position = open; position < tokens.length; position += 1) {
    if (isWord(tokens[position], "(")) depth += 1;
    if (isWord(tokens[position], ")")) depth -= 1;
    if (depth === 0) return position + 1;
  }
  return tokens.length;
}

/** The lists between the commas that stand in no parentheses. */
export function splitTokens(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const lists: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (isWord(token, "(")) depth += 1;
    if (isWord(token, ")")) depth -= 1;
    if (depth === 0 && isWord(token, ",")) lists.push([]);
    else lists.at(-1)?.push(token);
  }
  return lists.filter((list) => list.length > 0);
}

/** The piece of the statement that the tokens stand for, as it was written. */
export function sliceSql(sql: string, tokens: readonly Token[]): string {
  return sql.slice(tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0);
}

/** The name that a token stands for, in its own case. */
export function nameIn(sql: string, token: Token | undefined): string {
  if (token === undefined) return "";
  return token.kind === "word" ? sql.slice(token.start, token.end) : token.word;
}
