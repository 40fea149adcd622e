import type { Knex } from "knex";
import type { TestDatabase } from "../databases/engines.js";
import { isOwnTable } from "./found-schema.js";

/** All that a database tells of its schema, as sorted lines: two schemas are the same when these are. */
export async function dumpSchema({ kind, knex }: TestDatabase): Promise<readonly string[]> {
  const lines = kind === "sqlite" ? await dumpSqlite(knex) : await dumpPostgres(knex);
  return [...lines].sort();
}

async function dumpPostgres(knex: Knex): Promise<readonly string[]> {
  const { rows } = await knex.raw<{ rows: { line: string; table: string }[] }>(postgresQuery);
  return rows.filter(({ table }) => isOwnTable(table)).map(({ line }) => line);
}

const inOwnSchema = `n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')`;

const postgresQuery = `
  select c.relname::text as table, format('column %s.%s %s%s%s%s%s%s', c.oid::regclass, a.attname,
    format_type(a.atttypid, a.atttypmod), case when a.attnotnull then ' not null' else '' end,
    ' default ' || pg_get_expr(d.adbin, d.adrelid), ' identity ' || nullif(a.attidentity::text, ''),
    ' generated ' || nullif(a.attgenerated::text, ''), ' -- ' || col_description(a.attrelid, a.attnum)) as line
  from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where ${inOwnSchema} and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
  union all
  select c.relname, format('constraint %s.%s %s%s', c.oid::regclass, o.conname, pg_get_constraintdef(o.oid),
    case when o.convalidated then '' else ' not valid' end)
  from pg_constraint o join pg_class c on c.oid = o.conrelid join pg_namespace n on n.oid = c.relnamespace
  where ${inOwnSchema} and o.contype <> 'n'
  union all
  select c.relname, format('index %s%s', pg_get_indexdef(i.indexrelid), case when i.indisvalid then '' else ' invalid' end)
  from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace where ${inOwnSchema}
  union all
  select c.relname, format('table %s -- %s', c.oid::regclass, obj_description(c.oid))
  from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${inOwnSchema} and c.relkind = 'r'
  union all
  select c.relname, 'sequence ' || c.oid::regclass::text
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where ${inOwnSchema} and c.relkind = 'S' and c.relname not like 'history%'
  union all
  select '', format('enum %s %s', t.oid::regtype, (select string_agg(enumlabel, ',' order by enumsortorder) from pg_enum where enumtypid = t.oid))
  from pg_type t join pg_namespace n on n.oid = t.typnamespace where ${inOwnSchema} and t.typtype = 'e'
  union all
  select '', 'schema ' || n.nspname from pg_namespace n where ${inOwnSchema} and n.nspname not like 'pg\\_%'
  union all
  select c.relname, 'trigger ' || t.tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid where not t.tgisinternal`;

async function dumpSqlite(knex: Knex): Promise<readonly string[]> {
  const rows: readonly { type: string; name: string; tbl_name: string; sql: string }[] = await knex.raw(
    "select type, name, tbl_name, sql from sqlite_master where sql is not null",
  );
  const lines: string[] = [];
  for (const { type, name, sql } of rows.filter((row) => isOwnTable(row.tbl_name))) {
    lines.push(type === "table" ? `table ${name}` : normalize(sql));
    if (type === "table") lines.push(...(await dumpTable(knex, name, sql)));
  }
  return lines;
}

async function dumpTable(knex: Knex, name: string, sql: string): Promise<readonly string[]> {
  const columns: readonly Record<string, unknown>[] = await knex.raw(
    'select name, lower(type) as type, "notnull", dflt_value, pk, hidden from pragma_table_xinfo(?)',
    [name],
  );
  const keys: readonly Record<string, unknown>[] = await knex.raw(
    'select "table", "from", "to", on_update, on_delete from pragma_foreign_key_list(?)',
    [name],
  );
  const constraints = [...sql.matchAll(/constraint\s+[`"]?([^`"]+?)[`"]?\s+(\w+)/gi)].map(
    (found) => `${found[1]} ${found[2]?.toLowerCase()}`,
  );
  return [
    ...columns.map((column) => `column ${name} ${normalize(JSON.stringify(column))}`),
    ...keys.map((key) => `foreign key ${name} ${JSON.stringify(key)}`),
    ...constraints.map((constraint) => `constraint ${name} ${constraint}`),
    ...(sql.match(/generated always as \(.*?\) (?:stored|virtual)/gi) ?? []).map(
      (text) => `${name} ${text.toLowerCase()}`,
    ),
    ...(sql.match(/check\s*\((?:[^()]|\([^()]*\))*\)/gi) ?? []).map((text) => `${name} ${normalize(text)}`),
    ...(sql.match(/deferrable initially \w+/gi) ?? []).map((text) => `${name} ${text}`),
  ];
}

function normalize(sql: string): string {
  return sql
    .replace(/[`"\\]/g, "")
    .replace(/\s+/g, "")
    .toLowerCase();
}
