import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { openPostgres, openSqlite, type TestDatabase } from "../../databases/engines.js";

/** A database that was not made by ashlar, with everything awkward that real ones have. */
export async function openAwkwardDatabase(kind: "postgres" | "sqlite"): Promise<TestDatabase> {
  const path = new URL(`../../../fixtures/databases/awkward-${kind}.sql`, import.meta.url);
  const sql = readFileSync(fileURLToPath(path), "utf8");
  const database = kind === "sqlite" ? await openSqlite() : await openPostgres();
  await runScript(database, sql);
  return database;
}

async function runScript({ kind, knex }: TestDatabase, sql: string): Promise<void> {
  if (kind !== "sqlite") return void (await knex.raw(sql.replaceAll("?", "\\?")));
  const connection = (await knex.client.acquireConnection()) as { exec(sql: string): void };
  connection.exec(sql);
  await knex.client.releaseConnection(connection);
}
