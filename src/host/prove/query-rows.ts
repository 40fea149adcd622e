import type { Knex } from "knex";

/**
 * The rows that a statement gives, whichever way the client hands them over.
 *
 * @example
 * await queryRows<{ n: number }>(knex, "select 1 as n"); // [{ n: 1 }]
 */
export async function queryRows<Row extends object>(
  knex: Knex,
  sql: string,
  bindings: readonly (string | null)[] = [],
): Promise<readonly Row[]> {
  const answer: readonly Row[] | { readonly rows: readonly Row[] } = await knex.raw(sql, [...bindings]);
  return "rows" in answer ? answer.rows : answer;
}
