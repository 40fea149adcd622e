import type { StatementSnapshot, TableSnapshot } from "../../migrations/snapshot.js";
import { spellAttribute } from "../resource/spelling.js";
import type { AttributeCase } from "../settings.js";
import type { ExistingSchema, UnmanagedPart } from "./existing-schema.js";
import { createOptionPool } from "./name-pool.js";
import { findUsableWords } from "./usable-words.js";

/**
 * The schema with what hangs on its tables as their statements, such as triggers: migrations that make a table anew
 * would lose it else, and new databases would not get it.
 *
 * @returns the schema, in `parts` what cannot be said so
 */
export function adoptStatements(schema: ExistingSchema, attributeCase: AttributeCase): ExistingSchema {
  const tables = [...schema.snapshot].map(([key, table]) => {
    const own = schema.parts.filter((part) => part.table === key);
    return [key, addStatements(table, own, attributeCase)] as const;
  });
  return {
    ...schema,
    snapshot: new Map(tables),
    parts: schema.parts.filter(({ down }) => down === undefined),
  };
}

function addStatements(
  table: TableSnapshot,
  parts: readonly UnmanagedPart[],
  attributeCase: AttributeCase,
): TableSnapshot {
  const pool = createOptionPool();
  const statements = parts.flatMap(({ kind, name, sql, down }): readonly StatementSnapshot[] => {
    if (down === undefined) return [];
    const words = findUsableWords(name, kind).join("_");
    return [{ name: pool.take([spellAttribute(words, attributeCase)]), up: sql, down }];
  });
  return statements.length > 0 ? { ...table, statements } : table;
}
