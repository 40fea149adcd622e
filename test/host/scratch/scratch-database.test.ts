import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { withScratchDatabase } from "../../../src/host/scratch/scratch-database.js";
import {
  startPostgres,
  type PostgresConnection,
  type PostgresServer,
} from "../../databases/postgres-server.js";
import knexModule from "knex";

const root = process.cwd();
const timeout = 60_000;

describe.each(["sqlite", "pglite"] as const)("a scratch database for %s", (database) => {
  it(
    "is empty each time",
    async () => {
      const make = (): Promise<boolean> =>
        withScratchDatabase({ root, database }, async (knex) => {
          const isThere = await knex.schema.hasTable("eggs");
          await knex.schema.createTable("eggs", (table) => void table.integer("id"));
          return isThere;
        });
      expect([await make(), await make()]).toEqual([false, false]);
    },
    timeout,
  );
});

describe("a scratch database in PGlite", () => {
  it(
    "has the extensions and domains that come first",
    async () => {
      const prerequisites = `create extension if not exists citext; create domain email as citext check (value ~ '@?');`;
      const find = withScratchDatabase({ root, database: "pglite", prerequisites }, (knex) =>
        knex.raw("select 'A@b'::email = 'a@B'::email as same"),
      );
      expect((await find).rows).toEqual([{ same: true }]);
    },
    timeout,
  );

  it(
    "says what of them fails",
    async () => {
      const work = withScratchDatabase({ root, database: "pglite", prerequisites: "create nonsense" }, () => {
        throw new Error("This does not run.");
      });
      await expect(work).rejects.toMatchObject({ code: "scratch.prerequisites.failed" });
    },
    timeout,
  );
});

describe("a scratch database on a server", () => {
  let server: PostgresServer;
  let connection: PostgresConnection;
  beforeAll(async () => {
    server = await startPostgres();
    connection = await server.createDatabase();
  }, timeout);
  afterAll(() => server.stop());

  const listDatabases = async (): Promise<readonly string[]> => {
    const knex = knexModule.knex({ client: "pg", connection });
    const { rows } = await knex.raw("select datname as name from pg_database where datname like 'ashlar%'");
    await knex.destroy();
    return (rows as readonly { name: string }[]).map(({ name }) => name);
  };

  it("is made there by the variable, and dropped, as is what a killed process left long ago", async () => {
    const knex = knexModule.knex({ client: "pg", connection });
    await knex.raw("create database ashlar_scratch_1000_abcdef12");
    await knex.destroy();
    const { user, password, host, port, database } = connection;
    vi.stubEnv("ASHLAR_SCRATCH_URL", `postgres://${user}:${password}@${host}:${port}/${database}`);
    const during = await withScratchDatabase({ root, database: "pglite" }, (_, kind) => {
      expect(kind).toBe("server");
      return listDatabases();
    });
    vi.unstubAllEnvs();
    expect(during).toEqual([expect.stringMatching(/^ashlar_scratch_\d{10}_[0-9a-f]{8}$/)]);
    expect(await listDatabases()).toEqual([]);
  });

  it("that cannot be reached is named without its password", async () => {
    const url = "postgres://ada:secret@127.0.0.1:1/shop";
    const work = withScratchDatabase({ root, database: "postgres", server: url }, async () => undefined);
    await expect(work).rejects.toMatchObject({ code: "scratch.unreachable" });
    await expect(work).rejects.toThrow(/^(?!.*secret)/s);
  });
});

describe("a scratch database of the installed PostgreSQL", () => {
  let folder: string;
  let child: ChildProcess | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "ashlar-kill-"));
    // The server's own user must be able to reach it.
    chmodSync(folder, 0o755);
  });
  afterEach(() => {
    child?.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(["SIGKILL", "SIGTERM"] as const)(
    "leaves no process and no folder behind after %s",
    async (signal) => {
      const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
      const program = fileURLToPath(new URL("waiting-program.ts", import.meta.url));
      const env = { ...process.env, TMPDIR: folder };
      child = spawn(process.execPath, ["--import", tsx, program], {
        env,
        stdio: ["ignore", "pipe", "inherit"],
      });
      const [said] = await once(child.stdout ?? child, "data");
      expect(String(said)).toBe("embedded\n");
      expect(listProcesses()).toContain("postgres");
      child.kill(signal);
      await vi.waitFor(() => expect([listProcesses(), listFolders()]).toEqual(["", []]), timeout);
    },
    2 * timeout,
  );

  const listFolders = (): readonly string[] =>
    readdirSync(folder).filter((name) => name.startsWith("ashlar-scratch"));

  /** The programs that have the folder among their arguments. */
  const listProcesses = (): string =>
    readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => readArguments(pid))
      .filter((text) => text.includes(join(folder, "ashlar-scratch")))
      .join("\n");
});

function readArguments(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}
