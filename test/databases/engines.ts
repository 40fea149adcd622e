/**
 * Real databases for tests. `openDatabase(kind)` gives a fresh one; the PostgreSQL server behind `"postgres"` starts at
 * the first use in a test file and stops after the file's tests.
 *
 * @example
 * describe.each(databaseKinds)("on %s", (kind) => {
 *   let database: TestDatabase;
 *   beforeAll(async () => { database = await openDatabase(kind); }, databaseTimeout);
 *   afterAll(() => database.close());
 * });
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import knexModule, { type Knex } from "knex";
import { afterAll } from "vitest";
import { PgliteClient } from "../../src/databases/pglite.js";
import { SqliteClient } from "../../src/databases/sqlite.js";
import { startPostgres, type PostgresServer } from "./postgres-server.js";

export const databaseKinds = ["pglite", "sqlite", "postgres"] as const;

export type DatabaseKind = (typeof databaseKinds)[number];

export interface TestDatabase {
  readonly kind: DatabaseKind;
  readonly knex: Knex;
  /** What a knexfile would say under `connection`. */
  readonly connection: Knex.StaticConnectionConfig;
  /** Ends the connections and removes what was made. */
  close(): Promise<void>;
}

/** For hooks that open databases: a first start on a busy machine takes a while. */
export const databaseTimeout = 60_000;

let server: Promise<PostgresServer> | undefined;
afterAll(async () => (await server)?.stop());

const openers: Record<DatabaseKind, () => Promise<TestDatabase>> = {
  pglite: openPglite,
  sqlite: openSqlite,
  postgres: openPostgres,
};

/** A fresh, empty database of this kind. */
export function openDatabase(kind: DatabaseKind): Promise<TestDatabase> {
  return openers[kind]();
}

/** In memory. */
export async function openPglite(): Promise<TestDatabase> {
  return open("pglite", { client: PgliteClient, connection: { dataDir: "memory://" } });
}

/** A file in a temporary folder. */
export async function openSqlite(): Promise<TestDatabase> {
  const folder = mkdtempSync(join(tmpdir(), "ashlar-sqlite-"));
  return open("sqlite", { client: SqliteClient, connection: { filename: join(folder, "test.sqlite") } }, () =>
    rmSync(folder, { recursive: true, force: true }),
  );
}

/** A database of its own on the test file's server. */
export async function openPostgres(): Promise<TestDatabase> {
  server ??= startPostgres();
  return open("postgres", { client: "pg", connection: await (await server).createDatabase() });
}

type OpenConfig = Knex.Config & { readonly connection: Knex.StaticConnectionConfig };

function open(kind: DatabaseKind, config: OpenConfig, remove = (): void => {}): TestDatabase {
  const knex = knexModule.knex(config);
  return {
    kind,
    knex,
    connection: config.connection,
    async close() {
      await knex.destroy();
      remove();
    },
  };
}
