import type { Knex } from "knex";

export interface TableRow {
  readonly name: string;
  /** `table`, `view`, `virtual` or `shadow`. */
  readonly kind: string;
  /** The statement that made it. */
  readonly sql: string;
}

export interface ColumnRow {
  readonly table: string;
  readonly name: string;
  /** As declared; empty where nothing was. */
  readonly type: string;
  readonly required: number;
  readonly default: string | null;
  /** Its place in the primary key from 1, else 0. */
  readonly key: number;
  /** 2 and 3 are generated columns. */
  readonly hidden: number;
}

export interface IndexRow {
  readonly table: string;
  readonly name: string;
  readonly unique: number;
  /** `c` made by a statement, `u` by a constraint, `pk` by the primary key. */
  readonly origin: string;
  readonly sql: string | null;
  /** The names of its columns as JSON, null for an expression. */
  readonly columns: string;
}

export interface ForeignKeyRow {
  readonly table: string;
  readonly id: number;
  readonly destination: string;
  readonly from: string;
  /** Null where it is the primary key. */
  readonly to: string | null;
  readonly ondelete: string;
  readonly onupdate: string;
}

export interface TriggerRow {
  readonly table: string;
  readonly name: string;
  readonly sql: string;
}

export interface MasterRows {
  readonly tables: readonly TableRow[];
  readonly columns: readonly ColumnRow[];
  readonly indexes: readonly IndexRow[];
  readonly foreignkeys: readonly ForeignKeyRow[];
  readonly triggers: readonly TriggerRow[];
  /** Views that read what is not there, with what SQLite says of each; it tells none of their columns. */
  readonly unreadable: ReadonlyMap<string, string>;
}

/**
 * What SQLite says of all the tables, by one query. It comes as one text, so that whatever the project's Knex does to
 * the names of columns, nothing of it is touched. A view that cannot be read fails all of it, and is then left out.
 */
export async function readMaster(knex: Knex): Promise<MasterRows> {
  try {
    return await queryMaster(knex, new Map());
  } catch (error) {
    const unreadable = await findUnreadable(knex);
    if (unreadable.size === 0) throw error;
    return queryMaster(knex, unreadable);
  }
}

async function queryMaster(knex: Knex, unreadable: MasterRows["unreadable"]): Promise<MasterRows> {
  const names = [...unreadable.keys()];
  const rows: readonly { data: string }[] = await knex.raw(buildQuery(names.length), names);
  const read: Omit<MasterRows, "unreadable"> = JSON.parse(rows[0]?.data ?? "{}");
  return { ...read, unreadable };
}

async function findUnreadable(knex: Knex): Promise<MasterRows["unreadable"]> {
  const rows: readonly { data: string }[] = await knex.raw(
    "select json_group_array(name) as data from sqlite_master where type = 'view'",
  );
  const found = new Map<string, string>();
  const names: readonly string[] = JSON.parse(rows[0]?.data ?? "[]");
  for (const name of names) {
    await knex
      .raw("select count(*) from pragma_table_xinfo(?)", [name])
      .catch((error: unknown) => found.set(name, describeReason(error)));
  }
  return found;
}

/** Knex puts the statement before what the database says. */
function describeReason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split(" - ").at(-1) ?? message;
}

const listOf = (fields: string, from: string) => `
  (select json_group_array(json_object(${fields})) from (${from}))`;

const tables = `
  select m.name, m.sql, l.type as kind from sqlite_master m
  join pragma_table_list l on l.name = m.name and l.schema = 'main'
  where m.type in ('table', 'view') and m.name not like 'sqlite\\_%' escape '\\' order by m.name`;

const named = `(select name from (${tables})) t`;

const listColumns = (unreadable: number) => `
  select t.name as "table", x.name, x.type, x."notnull" as required, x.dflt_value as "default", x.pk as "key", x.hidden
  from (select name from (${tables}) where name not in (${"?, ".repeat(unreadable).slice(0, -2)})) t
  join pragma_table_xinfo(t.name) x where x.hidden <> 1 order by t.name, x.cid`;

const indexes = `
  select t.name as "table", l.name, l."unique", l.origin, m.sql,
    (select json_group_array(name) from (select i.name from pragma_index_info(l.name) i order by i.seqno)) as columns
  from ${named} join pragma_index_list(t.name) l left join sqlite_master m on m.type = 'index' and m.name = l.name
  order by l.name`;

const foreignKeys = `
  select t.name as "table", f.id, f."table" as destination, f."from", f."to", f.on_delete as ondelete, f.on_update as onupdate
  from ${named} join pragma_foreign_key_list(t.name) f order by t.name, f.id desc, f.seq`;

const triggers = `select tbl_name as "table", name, sql from sqlite_master where type = 'trigger' order by name`;

/** @param unreadable how many names of views are given that are left out */
const buildQuery = (unreadable: number) => `select json_object(
  'tables', json(${listOf("'name', name, 'kind', kind, 'sql', sql", tables)}),
  'columns', json(${listOf(`'table', "table", 'name', name, 'type', type, 'required', required, 'default', "default", 'key', "key", 'hidden', hidden`, listColumns(unreadable))}),
  'indexes', json(${listOf(`'table', "table", 'name', name, 'unique', "unique", 'origin', origin, 'sql', sql, 'columns', columns`, indexes)}),
  'foreignkeys', json(${listOf(`'table', "table", 'id', id, 'destination', destination, 'from', "from", 'to', "to", 'ondelete', ondelete, 'onupdate', onupdate`, foreignKeys)}),
  'triggers', json(${listOf(`'table', "table", 'name', name, 'sql', sql`, triggers)})
) as data`;
