import type { Knex } from "knex";
import { failure } from "../../support/problem.js";
import type { DatabaseKind } from "../values/database.js";

const kinds: Readonly<Record<string, DatabaseKind>> = { postgresql: "postgres", sqlite3: "sqlite" };

/**
 * The kind of database that a Knex instance talks to.
 *
 * @throws AshlarError `database.unsupported`
 */
export function findDatabaseKind(knex: Knex): DatabaseKind {
  const { dialect }: { readonly dialect: string } = knex.client;
  const kind = Object.hasOwn(kinds, dialect) ? kinds[dialect] : undefined;
  if (kind !== undefined) return kind;
  throw failure({
    code: "database.unsupported",
    message: `This Knex instance talks to "${dialect}", which the repo does not know.`,
    hint: 'Use PostgreSQL (client "pg"), PgliteClient from "ashlar/pglite" or SqliteClient from "ashlar/sqlite".',
  });
}
