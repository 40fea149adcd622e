import { enumOf } from "./enum-types.js";
import { findSqlNames } from "./sql-words.js";
import type { ColumnSnapshot } from "./snapshot.js";

/** The fact about the enum type of a column, where it has one. */
export function enumFacts({ type }: ColumnSnapshot, fact: (name: string) => string): readonly string[] {
  const used = enumOf(type);
  return used ? [fact(used.name)] : [];
}

/** The fact about the schema that something is in, where it is not the connection's own. */
export function inSchema({ schema }: { readonly schema?: string }, fact: (schema: string) => string) {
  return schema === undefined ? [] : [fact(schema)];
}

/** Every name that a piece of SQL may mean. */
export function namesIn(sql: string | undefined): readonly string[] {
  return sql === undefined ? [] : [...findSqlNames(sql)];
}
