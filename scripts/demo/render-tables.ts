import { join } from "node:path";
import knexModule, { type Knex } from "knex";
import pc from "picocolors";
import { PgliteClient } from "../../src/databases/pglite.js";

interface Row {
  readonly table: string;
  readonly name: string;
  readonly text: string;
}

/** The tables of a project's PGlite database, as the database itself describes them. */
export async function renderTables(root: string): Promise<string> {
  const knex = knexModule.knex({
    client: PgliteClient,
    connection: { dataDir: join(root, "data/pglite") },
  });
  try {
    return renderRows(await select(knex, columnsQuery), await select(knex, constraintsQuery));
  } finally {
    await knex.destroy();
  }
}

async function select(knex: Knex, query: string): Promise<readonly Row[]> {
  return (await knex.raw<{ rows: Row[] }>(query)).rows;
}

function renderRows(columns: readonly Row[], constraints: readonly Row[]): string {
  const tables = [...new Set(columns.map(({ table }) => table))];
  const width = Math.max(...columns.map(({ name }) => name.length));
  const renderTable = (table: string): string =>
    [
      pc.bold(table),
      ...columns
        .filter((row) => row.table === table)
        .map(({ name, text }) => `  ${name.padEnd(width)}  ${text}`),
      ...constraints
        .filter((row) => row.table === table)
        .map(({ name, text }) => `  ${text}  ${pc.dim(name)}`),
    ].join("\n");
  return tables.map(renderTable).join("\n\n");
}

const columnsQuery = `
  select c.relname as table, attname as name,
    format_type(atttypid, atttypmod) || case when attnotnull then ' not null' else '' end
      || coalesce(' default ' || pg_get_expr(adbin, adrelid), '') as text
  from pg_attribute
  join pg_class c on c.oid = attrelid and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
  left join pg_attrdef on adrelid = attrelid and adnum = attnum
  where attnum > 0 and not attisdropped and c.relname not like 'knex%'
  order by c.relname, attnum`;

/** Primary keys first, then foreign keys, then the indexes that are neither. */
const constraintsQuery = `
  select * from (
    select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as text,
      case contype when 'p' then 0 else 1 end as rank
    from pg_constraint where connamespace = 'public'::regnamespace and contype in ('p', 'f')
    union all
    select indrelid::regclass::text, indexrelid::regclass::text,
      case when indisunique then 'UNIQUE INDEX' else 'INDEX' end
        || substring(pg_get_indexdef(indexrelid) from 'USING btree( .*)'), 2
    from pg_index where not indisprimary and indrelid::regclass::text in
      (select relname from pg_class where relnamespace = 'public'::regnamespace)
  ) as found where "table" not like 'knex%'
  order by "table", rank, name`;
