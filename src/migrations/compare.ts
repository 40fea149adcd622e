import { compareTables } from "./compare-table.js";
import type { Snapshot } from "./snapshot.js";
import type { MigrationDatabase } from "./render/source.js";

/** One thing that is not as it should be. */
export interface SchemaDifference {
  /** The key of the table. */
  readonly table: string;
  /** What of the table: `table`, `column age`, `index users_email_index`, … */
  readonly what: string;
  /** In words; absent where there is to be nothing, as is `actual` where there is nothing. */
  readonly expected?: string;
  readonly actual?: string;
  /** A sentence. */
  readonly message: string;
}

/**
 * Where a schema differs from what it should be, each difference in a sentence, in the order of the tables. What a
 * database does not keep, such as comments in SQLite, is taken to be right; texts of SQL are compared as they are but
 * for blanks, case and quotes (see `adoptSqlTexts`).
 *
 * @example
 * compareSchemas(snapshot, (await readSchema(knex)).snapshot, "postgres");
 * // [{ table: "users", what: "column age", expected: "integer", message: 'The column "age" of "users" is missing.' }]
 */
export function compareSchemas(
  expected: Snapshot,
  actual: Snapshot,
  database: MigrationDatabase = "postgres",
): readonly SchemaDifference[] {
  const keys = [...new Set([...expected.keys(), ...actual.keys()])].sort();
  return keys.flatMap((table) => {
    const [should, is] = [expected.get(table), actual.get(table)];
    if (is === undefined) return [{ table, what: "table", message: `The table "${table}" is missing.` }];
    if (should === undefined)
      return [{ table, what: "table", message: `There is a table "${table}" too many.` }];
    return compareTables({ table, expected: should, actual: is, database });
  });
}
