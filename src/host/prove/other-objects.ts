import type { Knex } from "knex";
import { isSqlite } from "../live-schema/read-schema.js";
import { queryRows } from "./query-rows.js";

/**
 * What a schema holds beside tables, one text each: types, sequences, functions, schemas, triggers, extensions. A migration that is
 * taken back has to take back these too.
 */
export async function readOtherObjects(knex: Knex): Promise<readonly string[]> {
  const rows = await queryRows<{ object: string }>(knex, isSqlite(knex) ? sqliteQuery : postgresQuery);
  return rows.map(({ object }) => object);
}

const sqliteQuery = `
  select type || ' "' || name || '"' as object from sqlite_master where type in ('trigger', 'view') order by 1`;

/** Of the database's own schemas no object counts, and of extensions none but themselves. */
function isOwn(alias: string, catalog: string): string {
  return `n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and not exists (
    select from pg_depend d where d.classid = '${catalog}'::regclass and d.objid = ${alias}.oid and d.deptype = 'e')`;
}

/** Sequences of columns go with them, and are named as their renames leave them. */
const postgresQuery = `
  select 'type ' || t.oid::regtype::text || ' (' || coalesce((select string_agg(enumlabel, ', ' order by enumsortorder) from pg_enum where enumtypid = t.oid), '') || ')' as object
  from pg_type t join pg_namespace n on n.oid = t.typnamespace where ${isOwn("t", "pg_type")} and t.typtype in ('e', 'd')
  union all select 'function ' || p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${isOwn("p", "pg_proc")}
  union all select 'schema ' || n.nspname from pg_namespace n where ${isOwn("n", "pg_namespace")}
  union all select 'view ' || c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${isOwn("c", "pg_class")} and c.relkind in ('v', 'm')
  union all select 'sequence ' || c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${isOwn("c", "pg_class")} and c.relkind = 'S'
  union all select 'trigger ' || g.tgname || ' of ' || g.tgrelid::regclass::text from pg_trigger g join pg_class c on c.oid = g.tgrelid join pg_namespace n on n.oid = c.relnamespace where ${isOwn("c", "pg_class")} and not g.tgisinternal
  union all select 'extension ' || extname from pg_extension
  order by 1`;
