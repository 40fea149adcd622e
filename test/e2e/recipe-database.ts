import { join } from "node:path";
import knexModule, { type Knex } from "knex";
import { PgliteClient } from "../../src/databases/pglite.js";
import { SqliteClient } from "../../src/databases/sqlite.js";
import type { DatabaseKind } from "../databases/engines.js";
import { startPostgres, type PostgresServer } from "../databases/postgres-server.js";
import { sortSchema, type FoundTable } from "../migrations/found-schema.js";
import { readPostgres } from "../migrations/read-postgres.js";
import { readSqlite } from "../migrations/read-sqlite.js";

/** The database of a project that runs in processes of its own. */
export interface ProjectDatabase {
  /** What the project's processes find in their environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Its tables without Knex's own, sorted. No process of the project may run meanwhile. */
  readSchema(): Promise<readonly FoundTable[]>;
  stop(): Promise<void>;
}

const openers: Readonly<Record<DatabaseKind, (project: string) => Promise<ProjectDatabase>>> = {
  pglite: async (project) =>
    createDatabase(
      { client: PgliteClient, connection: { dataDir: join(project, "data/pglite") } },
      readPostgres,
    ),
  sqlite: async (project) =>
    createDatabase(
      { client: SqliteClient, connection: { filename: join(project, "data.sqlite") } },
      readSqlite,
    ),
  postgres: openPostgres,
};

export function openProjectDatabase(kind: DatabaseKind, project: string): Promise<ProjectDatabase> {
  return openers[kind](project);
}

async function openPostgres(): Promise<ProjectDatabase> {
  const server: PostgresServer = await startPostgres();
  const { user, password, host, port, database } = await server.createDatabase();
  const connection = `postgres://${user}:${password}@${host}:${port}/${database}`;
  const found = createDatabase({ client: "pg", connection }, readPostgres);
  return { ...found, env: { DATABASE_URL: connection }, stop: () => server.stop() };
}

type SchemaReader = (knex: Knex) => Promise<readonly FoundTable[]>;

function createDatabase(config: Knex.Config, read: SchemaReader): ProjectDatabase {
  return {
    env: {},
    async readSchema() {
      const knex = knexModule.knex(config);
      try {
        return sortSchema((await read(knex)).filter(({ name }) => !name.startsWith("knex_")));
      } finally {
        await knex.destroy();
      }
    },
    stop: async () => {},
  };
}
