import type { TestDatabase } from "../databases/engines.js";

/** Takes all schemas of a PostgreSQL database away, with what is in them, and gives an empty one. */
export async function emptyDatabase({ knex }: TestDatabase): Promise<void> {
  const { rows } = await knex.raw<{ rows: readonly { name: string }[] }>(
    `select quote_ident(nspname) as name from pg_namespace
     where nspname <> 'information_schema' and nspname not like 'pg\\_%'`,
  );
  for (const { name } of rows) await knex.raw(`drop schema ${name} cascade`);
  await knex.raw("create schema public");
}
