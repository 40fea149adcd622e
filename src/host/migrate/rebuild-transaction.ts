import type { Knex } from "knex";
import { failure, isAshlarError } from "../../support/problem.js";

/**
 * Does work in a transaction. Where it makes a table of SQLite anew to which others refer, it is done again with foreign
 * keys off and checked at the end, as SQLite advises: dropping the old table would else take the rows of others along.
 *
 * @throws AshlarError `sqlite.foreign_key.violated`
 */
export async function inRebuildTransaction<Result>(
  knex: Knex,
  work: (trx: Knex) => Promise<Result>,
): Promise<Result> {
  try {
    return await knex.transaction(work);
  } catch (error) {
    if (!isAshlarError(error) || error.code !== "sqlite.rebuild.unsafe") throw error;
    return withoutForeignKeys(knex, async (trx) => {
      const result = await work(trx);
      await checkForeignKeys(trx);
      return result;
    });
  }
}

async function withoutForeignKeys<Result>(knex: Knex, work: (trx: Knex) => Promise<Result>): Promise<Result> {
  await knex.raw("PRAGMA foreign_keys = OFF");
  try {
    return await knex.transaction(work);
  } finally {
    await knex.raw("PRAGMA foreign_keys = ON");
  }
}

async function checkForeignKeys(knex: Knex): Promise<void> {
  const violations: { table: string; parent: string }[] = await knex.raw("PRAGMA foreign_key_check");
  const [first] = violations;
  if (first === undefined) return;
  throw failure({
    code: "sqlite.foreign_key.violated",
    message: `It leaves rows without the row that they refer to (${violations.length} in all), such as one of "${first.table}" without its row of "${first.parent}".`,
  });
}
