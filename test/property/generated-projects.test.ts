import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fc } from "../fast-check.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  COMPILERS,
  createTypeWorkspace,
  runCompiler,
  type CompilerVersion,
  type TypeWorkspace,
} from "../../bench/types/type-project.js";
import { describeTable } from "../../src/migrations/describe.js";
import { noAnswers, planMigration } from "../../src/migrations/plan-migration.js";
import { parseTable, serializeTable } from "../../src/migrations/serialize.js";
import type { Snapshot, TableSnapshot } from "../../src/migrations/snapshot.js";
import { findDefinitionProblems } from "../../src/runtime/index.js";
import { openDatabase, type TestDatabase } from "../databases/engines.js";
import { expectMigrations } from "../generator/plan/run-migrations.js";
import { readSchema } from "../migrations/compare-schema.js";
import type { TestProject } from "../../src/testing/index.js";
import { validCommands } from "./commands.js";
import { loadProject } from "./load-project.js";
import { openStonyProject, settings } from "./stony-project.js";

const config = {
  compilerOptions: {
    ...{ target: "ES2022", module: "ESNext", moduleResolution: "bundler", allowImportingTsExtensions: true },
    ...{
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
    },
    ...{ verbatimModuleSyntax: true, skipLibCheck: true, noEmit: true, types: [] },
  },
  include: ["*/src", "*/migrations"],
};

describe("whatever is generated, in whatever project", () => {
  let folder: string;
  let workspace: TypeWorkspace;
  let databases: Record<"pglite" | "sqlite", TestDatabase>;
  const generated: TestProject[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "ashlar-generated-"));
    workspace = await createTypeWorkspace();
    databases = { pglite: await openDatabase("pglite"), sqlite: await openDatabase("sqlite") };
  });

  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await workspace.dispose();
    await Promise.all(Object.values(databases).map((database) => database.close()));
  });

  test("is nothing the second time, and its resources describe what its migrations build on a database", async () => {
    await fc.assert(
      fc.asyncProperty(settings, validCommands, async (given, commands) => {
        const project = openStonyProject(given);
        for (const command of commands) {
          const run = await project.run(command);
          // The second command may name an attribute of the first's key; that one is never replaced.
          fc.pre(run.refused.every(({ code }) => code !== "primary_key.differs"));
          expect(run.refused.map(({ message }) => message)).toEqual([]);
          expect((await project.run(command)).changed).toEqual([]);
        }
        generated.push(project);
        await expectAgreement(project, join(folder, String(generated.length)));
        await migrate(databases[given.database === "sqlite" ? "sqlite" : "pglite"], project);
      }),
      { numRuns: 20 },
    );
  });

  test.each(Object.keys(COMPILERS) as CompilerVersion[])(
    "type-checks under TypeScript %s",
    async (version) => {
      const project = join(workspace.folder, "generated");
      writeFiles(project, { "tsconfig.json": JSON.stringify(config) });
      for (const [index, { files }] of generated.entries()) writeFiles(join(project, String(index)), files);
      expect((await runCompiler(version, project)).errors).toEqual([]);
    },
  );
});

/** The resources as they are loaded, the snapshots as they are written, and the rules of a repo. */
async function expectAgreement({ files }: TestProject, folder: string): Promise<void> {
  const { resources, domains } = await loadProject(folder, files);
  const described = resources.map(({ definition }) => describeTable(definition));
  const kept = described.filter(({ name }) => files[findPath(name)] !== undefined);
  expect(kept.length).toBeGreaterThan(2);
  const before = kept.map(({ name }) => parseTable(files[findPath(name)] ?? "", findPath(name)));
  const { operations, withheld } = planMigration({
    ...{ before: byName(before), after: byName(kept), answers: noAnswers, database: "postgres" },
  });
  // What may stop at rows that are there waits for an answer; nothing else may be left to do.
  expect(operations).toEqual([]);
  if (withheld.length === 0) expect(before.map(serializeTable)).toEqual(kept.map(serializeTable));
  expect(findDefinitionProblems(domains)).toEqual([]);
}

function findPath(table: string): string {
  return `migrations/snapshot/${table}.json`;
}

function byName(tables: readonly TableSnapshot[]): Snapshot {
  return new Map(tables.map((table) => [table.name, table]));
}

/** Up, down and up again; a database that a failure leaves behind is emptied, so that what is shrunk finds it so. */
async function migrate(database: TestDatabase, { files }: TestProject): Promise<void> {
  try {
    await expectMigrations(database, files);
  } catch (error) {
    const tables = (await readSchema(database)).map(({ name }) => name);
    for (const table of tables)
      await database.knex.raw(`drop table ?? ${database.kind === "sqlite" ? "" : "cascade"}`, [table]);
    throw error;
  }
}

function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
