import type { Knex } from "knex";
import ts from "typescript";
import { expect } from "vitest";
import { parseTable } from "../../../src/migrations/serialize.js";
import type { Snapshot } from "../../../src/migrations/snapshot.js";
import type { TestDatabase } from "../../databases/engines.js";
import { expectDatabase, readSchema } from "../../migrations/compare-schema.js";
import type { Tree } from "./fixture-case.js";

let count = 0;

/**
 * Runs every migration of a project by Knex's own migrator, up, down and up again, and expects the database to be what
 * the project's snapshots say, nothing, and the same once more. Leaves the database empty.
 */
export async function expectMigrations(database: TestDatabase, files: Tree): Promise<void> {
  const { knex } = database;
  const config = await createConfig(files);
  const snapshot = readSnapshots(files);
  await knex.migrate.latest(config);
  await expectDatabase(database, snapshot);
  await knex.migrate.rollback(config, true);
  expect(await readSchema(database)).toEqual([]);
  await knex.migrate.latest(config);
  await expectDatabase(database, snapshot);
  await knex.migrate.rollback(config, true);
}

async function createConfig(files: Tree): Promise<Knex.MigratorConfig> {
  const paths = Object.keys(files).filter((path) => /^migrations\/\w+\.ts$/.test(path));
  const loaded = await Promise.all(
    paths.map(async (path) => [path, await loadMigration(files[path] ?? "")] as const),
  );
  const migrations = new Map(loaded);
  return {
    tableName: `history_${(count += 1)}`,
    migrationSource: {
      getMigrations: async () => paths.sort(),
      getMigrationName: (path: string) => path,
      getMigration: async (path: string): Promise<Knex.Migration> => {
        const migration = migrations.get(path);
        if (migration === undefined) throw new Error(`There is no ${path}`);
        return migration;
      },
    },
  };
}

async function loadMigration(text: string): Promise<Knex.Migration> {
  const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
  const code = ts.transpileModule(text, { compilerOptions: options }).outputText;
  const migration: Knex.Migration = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  return migration;
}

function readSnapshots(files: Tree): Snapshot {
  const paths = Object.keys(files).filter((path) => /^migrations\/snapshot\/[^/]+\.json$/.test(path));
  const tables = paths.map((path) => parseTable(files[path] ?? "", path));
  return new Map(tables.map((table) => [table.name, table]));
}
