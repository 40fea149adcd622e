import type { GeneratorContext } from "../../src/generator/context.js";
import {
  findHistoryPath,
  hashTable,
  serializeHistory,
  type MigrationHistory,
} from "../../src/generator/history-store.js";
import { findSnapshotPath } from "../../src/generator/snapshot-store.js";
import { createMemoryTree } from "../../src/testing/memory-tree.js";
import { hashMigration } from "../../src/migrations/file-hash.js";
import { serializeTable } from "../../src/migrations/serialize.js";
import type { TableSnapshot } from "../../src/migrations/snapshot.js";
import { column, tableOf } from "../migrations/tables.js";

/** `users` with these columns beside its id. */
export function users(...columns: readonly string[]): TableSnapshot {
  return tableOf(
    "users",
    columns.map((name) => column(name)),
  );
}

/** What a migration did to tables: each as it was and as it became; where one goes and one comes, it is renamed. */
export type Step = readonly [
  name: string,
  ...tables: (readonly [TableSnapshot | null, TableSnapshot | null])[],
];

export function historyOf([name, ...tables]: Step): MigrationHistory {
  const keyed = tables.map(([before, after]) => [(before ?? after)?.name ?? "", before, after] as const);
  const [gone, made] = [
    keyed.find(([, , after]) => after === null),
    keyed.find(([, before]) => before === null),
  ];
  return {
    migration: name,
    before: new Map(keyed.map(([key, before]) => [key, before])),
    after: new Map(keyed.map(([key, , after]) => [key, after && hashTable(after)])),
    ...(gone && made && { renames: new Map([[gone[0], made[0]]]) }),
    files: new Map([[`${name}.ts`, hashMigration(`${name}.ts`, migrationText(name))]]),
  };
}

export function migrationText(name: string): string {
  return `export async function up() {\n  // ${name}\n  run("${name}");\n}\n`;
}

/** The files of a project that these migrations were generated in, and its snapshots as the last ones left them. */
export function projectFiles(steps: readonly Step[]): Map<string, string> {
  const files = new Map<string, string>();
  for (const step of steps) {
    const [name, ...tables] = step;
    files.set(`migrations/${name}.ts`, migrationText(name));
    files.set(findHistoryPath("migrations", name), serializeHistory(historyOf(step)));
    for (const [before, after] of tables) {
      const path = findSnapshotPath("migrations", (before ?? after)?.name ?? "");
      if (after === null) files.delete(path);
      else files.set(path, serializeTable(after));
    }
  }
  return files;
}

export function contextOf(files: ReadonlyMap<string, string>): GeneratorContext {
  return {
    files: createMemoryTree(files),
    settings: {
      ...{ source: "src", migrations: "migrations", attributeCase: "camelCase", fileCase: "kebab-case" },
      ...{ importExtension: ".js", paths: {}, database: "postgres" },
    },
    templates: { read: () => undefined },
    formatter: {
      formatNew: async (_path, text) => text,
      formatPatched: async (_path, _before, text) => text,
    },
    now: new Date("2026-11-23T00:00:00Z"),
  };
}
