import type { Knex } from "knex";
import { leaveUnsayable } from "./leave-unsayable.js";
import type { LiveSchema, ReadSchemaOptions } from "./live-schema.js";
import { readPostgres } from "./postgres/read-postgres.js";
import { readSqlite } from "./sqlite/read-sqlite.js";

/**
 * The schema that a database holds, as migrations know it. The tables that Knex and ashlar keep of migrations are left
 * out; what migrations cannot manage is told beside the snapshot.
 *
 * @example
 * const { snapshot, unmanaged } = await readSchema(knex);
 * snapshot.get("users")?.primaryKey; // { name: "users_pkey", columns: ["id"] }
 */
export async function readSchema(knex: Knex, options: ReadSchemaOptions = {}): Promise<LiveSchema> {
  const config: Knex.Config = knex.client.config;
  const table = options.migrationsTable ?? config.migrations?.tableName ?? "knex_migrations";
  const ignored = new Set([table, `${table}_lock`, `${table}_hashes`]);
  const read = isSqlite(knex) ? readSqlite(knex, ignored) : readPostgres(knex, options, ignored);
  return leaveUnsayable(await read);
}

/** Is the database behind this Knex SQLite? The clients of PostgreSQL and PGlite are of one dialect. */
export function isSqlite(knex: Knex): boolean {
  return /sqlite/.test(String(knex.client.dialect));
}
