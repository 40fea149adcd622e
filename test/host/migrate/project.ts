import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import knexModule, { type Knex } from "knex";
import { PgliteClient } from "../../../src/databases/pglite.js";
import { SqliteClient } from "../../../src/databases/sqlite.js";
import { openPostgres, type DatabaseKind } from "../../databases/engines.js";

/** A project on disk with a knexfile, a database of its own and migrations to be written. */
export interface TestProject {
  readonly root: string;
  readonly kind: DatabaseKind;
  /** What the knexfile says under `connection`, with absolute paths. */
  readonly connection: Knex.Config["connection"];
  /** What every command of `migrate` takes. */
  readonly options: { readonly root: string; readonly knexfile: string; readonly environment: string };
  write(path: string, text: string): void;
  remove(path: string): void;
  /** Looks into the database while nothing else has it open. */
  inspect<Result>(look: (knex: Knex) => Promise<Result>): Promise<Result>;
  close(): void;
}

const sources = join(import.meta.dirname, "../../../src/databases");

export async function createProject(kind: DatabaseKind): Promise<TestProject> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "ashlar-migrate-")));
  const config = await createConfig(kind, root);
  const project: TestProject = {
    root,
    kind,
    connection: config.connection,
    options: { root, knexfile: "knexfile.ts", environment: "development" },
    write: (path, text) => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    },
    remove: (path) => rmSync(join(root, path), { recursive: true }),
    inspect: async (look) => {
      const knex = knexModule.knex({ ...config, log: { warn() {} } });
      return look(knex).finally(() => knex.destroy());
    },
    close: () => rmSync(root, { recursive: true, force: true }),
  };
  project.write("package.json", JSON.stringify({ type: "module" }));
  project.write("migrations/.gitkeep", "");
  project.write("knexfile.ts", writeKnexfile(kind, config));
  for (const name of ["knex", "pg", "libsql", "@electric-sql/pglite"]) linkPackage(root, name);
  return project;
}

/** Paths as the knexfile has them are relative; here they are looked up from elsewhere. */
async function createConfig(kind: DatabaseKind, root: string): Promise<Knex.Config> {
  switch (kind) {
    case "pglite":
      return { client: PgliteClient, connection: { dataDir: join(root, "data") } };
    case "sqlite":
      return { client: SqliteClient, connection: { filename: join(root, "data.sqlite") } };
    case "postgres": {
      const { knex, connection } = await openPostgres();
      await knex.destroy();
      return { client: "pg", connection };
    }
  }
}

function writeKnexfile(kind: DatabaseKind, { connection }: Knex.Config): string {
  const client = { pglite: "PgliteClient", sqlite: "SqliteClient", postgres: '"pg"' }[kind];
  const settings = {
    pglite: { dataDir: "./data" },
    sqlite: { filename: "./data.sqlite" },
    postgres: connection,
  }[kind];
  const clientImport =
    kind === "postgres" ? "" : `import { ${client} } from ${JSON.stringify(join(sources, `${kind}.js`))};\n`;
  return `import type { Knex } from "knex";
${clientImport}
const config: Knex.Config = { client: ${client}, connection: ${JSON.stringify(settings)} };
export default config;
`;
}

function linkPackage(root: string, name: string): void {
  const target = join(import.meta.dirname, "../../../node_modules", name);
  mkdirSync(dirname(join(root, "node_modules", name)), { recursive: true });
  symlinkSync(target, join(root, "node_modules", name));
}

export function createTable(table: string, columns = 'table.increments("id");'): string {
  return `import type { Knex } from "knex";

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable("${table}", (table) => {
    ${columns}
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable("${table}");
}
`;
}
