import type { AttributeType } from "../../../runtime/attribute-type.js";
import type { CheckSnapshot, ColumnSnapshot } from "../../../migrations/snapshot.js";
import { checkName } from "../../../support/constraint-names.js";
import { readArrayConstructor, readLiteral, removeParentheses } from "./literal.js";

export interface ColumnsAndChecks {
  readonly columns: readonly ColumnSnapshot[];
  readonly checks: readonly CheckSnapshot[];
}

/** A text that exactly such a check keeps to its words, as ashlar makes one, is an enum; the check then goes with it. */
export function foldEnumChecks(table: string, { columns, checks }: ColumnsAndChecks): ColumnsAndChecks {
  const folded = new Set<CheckSnapshot>();
  const read = columns.map((column) => {
    const check = checks.find(({ name }) => name === checkName(table, column.name));
    const type = check && foldType(column.type, column.name, check.sql);
    if (check === undefined || type === undefined) return column;
    folded.add(check);
    return { ...column, type };
  });
  return { columns: read, checks: checks.filter((check) => !folded.has(check)) };
}

function foldType(type: AttributeType, column: string, sql: string): AttributeType | undefined {
  if (type.databaseType !== undefined) return undefined;
  const name = /^[a-z_][a-z0-9_]*$/.test(column)
    ? `"?${column}"?`
    : `"${escape(column.replaceAll('"', '""'))}"`;
  const [, operator = "", right = ""] = new RegExp(`^${name} (=|<@) (.*)$`, "s").exec(sql) ?? [];
  if (type.kind === "array") return operator === "<@" ? foldItems(type, right) : undefined;
  const values = operator === "=" && type.kind === "text" ? readWords(right) : undefined;
  return values && { kind: "enum", values };
}

function foldItems(type: Extract<AttributeType, { kind: "array" }>, list: string): AttributeType | undefined {
  if (type.of.kind === "array") {
    const of = foldItems(type.of, list);
    return of && { kind: "array", of };
  }
  const values =
    type.of.kind === "text" && type.of.databaseType === undefined ? readArrayConstructor(list) : undefined;
  return values && { kind: "array", of: { kind: "enum", values } };
}

function readWords(right: string): readonly string[] | undefined {
  const list = /^ANY \((.*)\)$/s.exec(right)?.[1];
  if (list !== undefined) return readArrayConstructor(removeParentheses(list));
  const single = right.endsWith("::text") ? readLiteral(right)?.text : undefined;
  return single === undefined ? undefined : [single];
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
