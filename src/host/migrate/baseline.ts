/**
 * A baseline makes the tables that a database had before it had migrations, and names them: `export const baseline =
 * [...]`. Where they are all there it is recorded and not run; where none is, it runs like any migration.
 */
import type { Knex } from "knex";
import { failure, type AshlarError } from "../../support/problem.js";
import { parseTableKey } from "../../support/table-key.js";
import type { MigrationModule } from "./migration-files.js";
import { withoutProcessing } from "./records.js";

/**
 * The keys of the tables that a migration is the baseline of; none for any other.
 *
 * @example
 * listBaselineTables(await migrations.read("20261122190000_baseline.ts")); // ["billing.invoices", "users"]
 */
export function listBaselineTables({ baseline }: MigrationModule): readonly string[] {
  return Array.isArray(baseline) ? baseline.filter((each): each is string => typeof each === "string") : [];
}

/**
 * Is the migration a baseline of tables that are all there?
 *
 * @throws AshlarError `migration.baseline.partial` where only some are
 */
export async function isBaselineThere(
  knex: Knex,
  { name, module }: { readonly name: string; readonly module: MigrationModule },
): Promise<boolean> {
  const tables = listBaselineTables(module);
  if (tables.length === 0) return false;
  const missing = await withoutProcessing(knex, () => listMissing(knex, tables));
  if (missing.length > 0 && missing.length < tables.length) throw createPartialError(name, tables, missing);
  return missing.length === 0;
}

async function listMissing(knex: Knex, tables: readonly string[]): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const key of tables) {
    const { schema, name } = parseTableKey(key);
    const builder = schema === undefined ? knex.schema : knex.schema.withSchema(schema);
    if (!(await builder.hasTable(name))) missing.push(key);
  }
  return missing;
}

function createPartialError(
  name: string,
  tables: readonly string[],
  missing: readonly string[],
): AshlarError {
  return failure({
    code: "migration.baseline.partial",
    message: `"${name}" is for databases that have all of its tables or none, and this one has ${tables.length - missing.length} of ${tables.length}: ${missing.map((key) => `"${key}"`).join(", ")} ${missing.length === 1 ? "is" : "are"} missing.`,
    hint: "Nothing was run. Make what is missing, as the file does it, then migrate again.",
  });
}
