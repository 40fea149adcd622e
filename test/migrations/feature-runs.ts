import { diffSnapshots } from "../../src/migrations/diff.js";
import type { Operation } from "../../src/migrations/operation.js";
import type { TestDatabase } from "../databases/engines.js";
import type { FeatureCase } from "./migrate-features-cases.js";

/** The operations of a case, its renames answered. */
export function diffOf({ before, after, renames = {} }: FeatureCase): readonly Operation[] {
  const { tables = [], columns = [] } = renames;
  return diffSnapshots(before, after, {
    tables: tables.map(([from, to]) => ({ from, to })),
    columns: columns.map(([table, from, to]) => ({ table, from, to })),
  });
}

/** Fills the tables of before; in SQL, since Knex takes odd names apart. */
export async function insertRows({ knex }: TestDatabase, { rows = {} }: FeatureCase): Promise<void> {
  for (const [table, values] of Object.entries(rows)) {
    for (const row of values) {
      const places = Object.keys(row).map(() => "?");
      await knex.raw(
        `insert into ${quoteTable(table)} (${listNames(row)}) values (${places.join(", ")})`,
        Object.values(row) as string[],
      );
    }
  }
}

/** What the columns that were filled hold now. */
export async function readRows({ knex }: TestDatabase, { rows = {} }: FeatureCase): Promise<unknown> {
  const found: unknown[] = [];
  for (const [table, values] of Object.entries(rows)) {
    const names = listNames(values[0] ?? {});
    const result: { rows?: unknown } = await knex.raw(`select ${names} from ${quoteTable(table)}`);
    found.push(result.rows ?? result);
  }
  return found;
}

function listNames(row: Readonly<Record<string, unknown>>): string {
  return Object.keys(row).map(quoteName).join(", ");
}

function quoteTable(table: string): string {
  const parts = table.startsWith("billing.") ? table.split(".") : [table];
  return parts.map(quoteName).join(".");
}

/** As SQL has it, with a question mark that Knex is to leave. */
function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""').replaceAll("?", "\\?")}"`;
}
