import type { GeneratorContext } from "../../../src/generator/context.js";
import { nothingDeclared, type DeclaredTables } from "../../../src/generator/from-database/adopt-tables.js";
import type { ExistingSchema } from "../../../src/generator/from-database/existing-schema.js";
import { planFromDatabase } from "../../../src/generator/from-database/plan-from-database.js";
import type { FromDatabaseRequest } from "../../../src/generator/from-database-request.js";
import { isWrite, type Plan } from "../../../src/generator/plan.js";
import type { Settings } from "../../../src/generator/settings.js";
import { createTemplateSource } from "../../../src/host/templates.js";
import type { Snapshot, TableSnapshot } from "../../../src/migrations/snapshot.js";
import { buildTableKey } from "../../../src/support/table-key.js";
import { createMemoryFormatter } from "../../../src/testing/memory-formatter.js";
import { createMemoryTree } from "../../../src/testing/memory-tree.js";
import { emptyProject } from "../../../src/testing/projects.js";

export type Files = Readonly<Record<string, string>>;

export interface ImportOptions {
  readonly request?: Partial<FromDatabaseRequest>;
  readonly files?: Files;
  readonly settings?: Partial<Settings>;
  readonly schema?: Partial<ExistingSchema>;
  /** What the resources say that are there. */
  readonly said?: DeclaredTables;
}

export interface Import {
  readonly plan: Plan;
  /** The project with what the plan writes. */
  readonly files: Files;
}

const usualSettings: Settings = {
  ...{ source: "src", migrations: "migrations", attributeCase: "camelCase", fileCase: "kebab-case" },
  ...{ importExtension: ".js", paths: {}, database: "pglite" },
};

/** Plans the resources of some tables, as if a database held them, and writes them into a project in memory. */
export async function importTables(
  tables: Iterable<TableSnapshot>,
  { request, files = emptyProject, settings, schema, said = nothingDeclared }: ImportOptions = {},
): Promise<Import> {
  const tree = new Map(Object.entries(files));
  const existing = {
    ...{ snapshot: toSnapshot(tables), prerequisites: [], unmanaged: [], parts: [], loose: [], notices: [] },
    ...schema,
  };
  const asked = { tables: [], skipTables: [], includeViews: false, ...request };
  const plan = await planFromDatabase(
    asked,
    { read: existing, said },
    createContext(tree, { ...usualSettings, ...settings }),
  );
  for (const { path, after } of plan.changes.filter(isWrite)) tree.set(path, after);
  return { plan, files: Object.fromEntries(tree) };
}

function createContext(files: ReadonlyMap<string, string>, settings: Settings): GeneratorContext {
  const tree = createMemoryTree(files);
  return {
    ...{ files: tree, settings, templates: createTemplateSource() },
    ...{ formatter: createMemoryFormatter(tree, settings), now: new Date("2026-01-01T00:00:00Z") },
  };
}

export function toSnapshot(tables: Iterable<TableSnapshot>): Snapshot {
  return new Map([...tables].map((table) => [buildTableKey(table), table]));
}
