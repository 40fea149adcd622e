import type { Knex } from "knex";
import { type FoundTable, isOwnTable } from "./found-schema.js";

/** The schema of an SQLite database. The names of constraints stand nowhere but in the text that made the table. */
export async function readSqlite(knex: Knex): Promise<readonly FoundTable[]> {
  const tables = await select<{ name: string; sql: string }>(
    knex,
    "select name, sql from sqlite_master where type = 'table'",
  );
  const found: FoundTable[] = [];
  for (const { name, sql } of tables.filter((table) => isOwnTable(table.name))) {
    found.push(await readTable(knex, name, sql));
  }
  return found;
}

interface ColumnRow {
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
  readonly dflt_value: string | null;
  readonly pk: number;
}

async function readTable(knex: Knex, name: string, sql: string): Promise<FoundTable> {
  const columns = await select<ColumnRow>(knex, "select * from pragma_table_info(?)", name);
  const key = columns.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk);
  return {
    name,
    columns: columns.map((column) => ({
      name: column.name,
      type: column.type.toLowerCase(),
      nullable: column.notnull === 0,
      hasDefault: column.dflt_value !== null,
    })),
    ...(key.length > 0 && {
      primaryKey: {
        name: findName(sql, /primary key/, key) ?? "",
        columns: key.map((column) => column.name),
      },
    }),
    indexes: await readIndexes(knex, name),
    foreignKeys: await readForeignKeys(knex, name, sql),
    checks: [...sql.matchAll(/constraint [`"]?(\w+)[`"]? check/gi)].map((match) => match[1] ?? ""),
  };
}

async function readIndexes(knex: Knex, table: string): Promise<FoundTable["indexes"]> {
  const rows = await select<{ name: string; unique: number; origin: string }>(
    knex,
    "select * from pragma_index_list(?)",
    table,
  );
  const indexes: FoundTable["indexes"][number][] = [];
  for (const { name, unique } of rows.filter(({ origin }) => origin !== "pk")) {
    const columns = await select<{ name: string }>(
      knex,
      "select name from pragma_index_info(?) order by seqno",
      name,
    );
    indexes.push({ name, columns: columns.map((column) => column.name), unique: unique === 1 });
  }
  return indexes;
}

interface ForeignKeyRow {
  readonly id: number;
  readonly table: string;
  readonly from: string;
  readonly to: string;
  readonly on_delete: string;
}

async function readForeignKeys(knex: Knex, table: string, sql: string): Promise<FoundTable["foreignKeys"]> {
  const rows = await select<ForeignKeyRow>(
    knex,
    "select * from pragma_foreign_key_list(?) order by id, seq",
    table,
  );
  const ids = [...new Set(rows.map(({ id }) => id))];
  return ids.flatMap((id) => {
    const parts = rows.filter((row) => row.id === id);
    const [first] = parts;
    if (!first) return [];
    const columns = parts.map(({ from }) => from);
    return {
      name:
        findName(
          sql,
          /foreign key/,
          columns.map((name) => ({ name })),
        ) ?? "",
      columns,
      references: { table: first.table, columns: parts.map(({ to }) => to) },
      onDelete: first.on_delete.toLowerCase(),
    };
  });
}

/** The name of the constraint of a kind over these columns. */
function findName(sql: string, kind: RegExp, columns: readonly { readonly name: string }[]) {
  const list = columns.map(({ name }) => `[\`"]?${name}[\`"]?`).join(", ");
  return new RegExp(`constraint [\`"]?(\\w+)[\`"]? ${kind.source} ?\\(${list}\\)`, "i").exec(sql)?.[1];
}

async function select<Row>(knex: Knex, query: string, table?: string): Promise<readonly Row[]> {
  const rows: unknown = await knex.raw(query, table === undefined ? [] : [table]);
  return rows as readonly Row[];
}
