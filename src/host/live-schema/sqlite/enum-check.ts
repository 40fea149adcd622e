import type { CheckSnapshot, ColumnSnapshot } from "../../../migrations/snapshot.js";
import { checkName } from "../../../support/constraint-names.js";
import { findClose, isWord, nameIn, readTokens, splitTokens } from "./tokens.js";

export interface ColumnsAndChecks {
  readonly columns: readonly ColumnSnapshot[];
  readonly checks: readonly CheckSnapshot[];
}

/** A text that exactly such a check keeps to its words, as ashlar makes one, is an enum; the check then goes with it. */
export function foldEnumChecks(table: string, { columns, checks }: ColumnsAndChecks): ColumnsAndChecks {
  const folded = new Set<CheckSnapshot>();
  const read = columns.map((column): ColumnSnapshot => {
    const check = checks.find(({ name }) => name === checkName(table, column.name));
    const isText = column.type.kind === "text" && column.type.databaseType === undefined;
    const values = check && isText ? readWords(check.sql, column.name) : undefined;
    if (check === undefined || values === undefined) return column;
    folded.add(check);
    return { ...column, type: { kind: "enum", values } };
  });
  return { columns: read, checks: checks.filter((check) => !folded.has(check)) };
}

/** The words of `status in ('open', 'done')`; undefined for any other condition. */
function readWords(sql: string, column: string): readonly string[] | undefined {
  const tokens = readTokens(sql);
  const [name, word, open] = tokens;
  const isList = nameIn(sql, name) === column && isWord(word, "in") && isWord(open, "(");
  if (!isList || findClose(tokens, 2) !== tokens.length) return undefined;
  const items = splitTokens(tokens.slice(3, -1)).map((list) =>
    list.length === 1 && list[0]?.kind === "text" ? list[0].word : undefined,
  );
  return items.includes(undefined) ? undefined : items.filter((item) => item !== undefined);
}
