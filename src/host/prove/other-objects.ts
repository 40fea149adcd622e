import type { Knex } from "knex";
import { isSqlite } from "../live-schema/read-schema.js";
import { queryRows } from "./query-rows.js";

/**
 * What a schema holds beside tables, one text each: types, sequences, functions, schemas, triggers. A migration that is
 * taken back has to take back these too.
 */
export async function readOtherObjects(knex: Knex): Promise<readonly string[]> {
  const rows = await queryRows<{ object: string }>(knex, isSqlite(knex) ? sqliteQuery : postgresQuery);
  return rows.map(({ object }) => object);
}

const sqliteQuery = `
  select type || ' "' || name || '"' as object from sqlite_master where type in ('trigger', 'view') order by 1`;

const own = `n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`;

/** Sequences of columns go with them, and are named as their renames leave them. */
const postgresQuery = `
  select 'type ' || t.oid::regtype::text || ' (' || coalesce((select string_agg(enumlabel, ', ' order by enumsortorder) from pg_enum where enumtypid = t.oid), '') || ')' as object
  from pg_type t join pg_namespace n on n.oid = t.typnamespace where ${own} and t.typtype in ('e', 'd')
  union all select 'function ' || p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${own}
  union all select 'schema ' || n.nspname from pg_namespace n where ${own}
  union all select 'view ' || c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${own} and c.relkind in ('v', 'm')
  union all select 'sequence ' || c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${own} and c.relkind = 'S'
  union all select 'trigger ' || g.tgname || ' of ' || g.tgrelid::regclass::text from pg_trigger g join pg_class c on c.oid = g.tgrelid join pg_namespace n on n.oid = c.relnamespace where ${own} and not g.tgisinternal
  order by 1`;
