import pg from "pg";
import type { PostgresConnection, PostgresServer } from "../../test/databases/postgres-server.js";
import { type ContenderHost, startContender } from "./contender-host.js";
import type { ContenderName } from "./contenders.js";
import { createTables, type DataSize } from "./data-set.js";

/** A database with data in it. */
export interface Place {
  readonly connection: PostgresConnection;
  /** The bench's own connection, beside those of the contenders. */
  readonly client: pg.Client;
  readonly size: DataSize;
}

/** Fills a new database for as long as `use` takes. */
export async function usePlace(
  server: PostgresServer,
  size: DataSize,
  use: (place: Place) => Promise<void>,
): Promise<void> {
  const connection = await server.createDatabase();
  const client = new pg.Client(connection);
  await client.connect();
  try {
    await createTables(client, size);
    await use({ connection, client, size });
  } finally {
    await client.end();
  }
}

/** Starts the contenders, each in its own process, for as long as `use` takes. */
export async function useHosts(
  { connection, size }: Place,
  contenders: readonly ContenderName[],
  use: (hosts: readonly ContenderHost[]) => Promise<void>,
): Promise<void> {
  const hosts: ContenderHost[] = [];
  try {
    for (const contender of contenders) hosts.push(await startContender({ contender, connection, size }));
    await use(hosts);
  } finally {
    await Promise.all(hosts.map((host) => host.stop()));
  }
}
