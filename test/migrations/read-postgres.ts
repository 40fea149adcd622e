import type { Knex } from "knex";
import { type FoundColumn, type FoundTable, isOwnTable } from "./found-schema.js";

/** The schema of a PostgreSQL or PGlite database, from its own catalogue. */
export async function readPostgres(knex: Knex): Promise<readonly FoundTable[]> {
  const tables = await select<{ name: string }>(knex, tablesQuery);
  return Promise.all(tables.filter(({ name }) => isOwnTable(name)).map(({ name }) => readTable(knex, name)));
}

async function readTable(knex: Knex, name: string): Promise<FoundTable> {
  const columns = await select<FoundColumn & { comment: string | null }>(knex, columnsQuery, name);
  const [primaryKey] = await select<{ name: string; columns: string[] }>(knex, primaryKeyQuery, name);
  const foreignKeys = await select<FoundForeignKey>(knex, foreignKeysQuery, name);
  const checks = await select<{ name: string }>(knex, checksQuery, name);
  return {
    name,
    columns: columns.map(({ comment, ...column }) => ({
      ...column,
      ...(comment === null ? {} : { comment }),
    })),
    ...(primaryKey && { primaryKey }),
    indexes: await select(knex, indexesQuery, name),
    foreignKeys: foreignKeys.map(({ table, destination, rule, ...rest }) => ({
      ...rest,
      references: { table, columns: destination },
      onDelete: rules[rule] ?? rule,
    })),
    checks: checks.map((check) => check.name),
  };
}

interface FoundForeignKey {
  readonly name: string;
  readonly columns: readonly string[];
  readonly table: string;
  readonly destination: readonly string[];
  readonly rule: string;
}

const rules: Readonly<Record<string, string>> = {
  a: "no action",
  r: "restrict",
  c: "cascade",
  n: "set null",
};

async function select<Row>(knex: Knex, query: string, table?: string): Promise<Row[]> {
  const bindings = table === undefined ? {} : { table: `public."${table}"` };
  const { rows } = await knex.raw<{ rows: Row[] }>(query, bindings);
  return rows;
}

const tablesQuery = `select tablename as name from pg_tables where schemaname = 'public'`;

const columnsQuery = `
  select attname as name, format_type(atttypid, atttypmod) as type, not attnotnull as nullable,
    atthasdef as "hasDefault", col_description(attrelid, attnum) as comment
  from pg_attribute where attrelid = cast(:table as regclass) and attnum > 0 and not attisdropped order by attnum`;

/** The names of the columns with these numbers, in the order of the numbers. */
const namesOf = (table: string, numbers: string) => `
  (select json_agg(a.attname order by k.position) from unnest(${numbers}) with ordinality as k (number, position)
   join pg_attribute a on a.attrelid = ${table} and a.attnum = k.number)`;

const primaryKeyQuery = `
  select conname as name, ${namesOf("conrelid", "conkey")} as columns
  from pg_constraint where conrelid = cast(:table as regclass) and contype = 'p'`;

const indexesQuery = `
  select c.relname as name, ${namesOf("indrelid", "indkey::int2[]")} as columns, indisunique as unique
  from pg_index join pg_class c on c.oid = indexrelid
  where indrelid = cast(:table as regclass) and not indisprimary`;

const foreignKeysQuery = `
  select conname as name, ${namesOf("conrelid", "conkey")} as columns,
    (select relname from pg_class where oid = confrelid) as table,
    ${namesOf("confrelid", "confkey")} as destination, confdeltype as rule
  from pg_constraint where conrelid = cast(:table as regclass) and contype = 'f'`;

const checksQuery = `
  select conname as name from pg_constraint where conrelid = cast(:table as regclass) and contype = 'c'`;
