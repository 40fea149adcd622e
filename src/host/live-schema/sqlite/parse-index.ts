import type { IndexColumn } from "../../../migrations/snapshot.js";
import { removeParentheses } from "../postgres/literal.js";
import { findClose, isWord, nameIn, readTokens, sliceSql, splitTokens, type Token } from "./tokens.js";

export interface ParsedIndex {
  readonly columns: readonly IndexColumn[];
  readonly where?: string;
}

/**
 * Reads the statement that made an index.
 *
 * @example
 * parseIndex("create index i on t (a, lower(b)) where a > 0"); // { columns: ["a", { sql: "lower(b)" }], where: "a > 0" }
 */
export function parseIndex(sql: string): ParsedIndex {
  const tokens = readTokens(sql);
  const open = tokens.findIndex((token) => isWord(token, "("));
  const close = findClose(tokens, open);
  const isPartial = isWord(tokens[close], "where");
  return {
    columns: splitTokens(tokens.slice(open + 1, close - 1)).map((list) => readColumn(sql, list)),
    ...(isPartial && { where: removeParentheses(sliceSql(sql, tokens.slice(close + 1))) }),
  };
}

function readColumn(sql: string, tokens: readonly Token[]): IndexColumn {
  const [first, ...rest] = tokens;
  const isName = first?.kind === "name" || first?.kind === "word";
  const isPlain = rest.length === 0 || (rest.length === 1 && isWord(rest[0], "asc"));
  return isName && isPlain ? nameIn(sql, first) : { sql: sliceSql(sql, tokens) };
}
