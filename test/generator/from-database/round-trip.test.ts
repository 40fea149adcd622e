import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fc } from "../../fast-check.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  COMPILERS,
  createTypeWorkspace,
  runCompiler,
  type CompilerVersion,
  type TypeWorkspace,
} from "../../../bench/types/type-project.js";
import { describeTables } from "../../../src/migrations/describe.js";
import { serializeTable } from "../../../src/migrations/serialize.js";
import type { ColumnSnapshot, TableSnapshot } from "../../../src/migrations/snapshot.js";
import type { AttributeType } from "../../../src/runtime/attribute-type.js";
import { findDefinitionProblems } from "../../../src/runtime/index.js";
import { postgresSnapshots } from "../../migrations/arbitraries.js";
import { loadProject } from "../../property/load-project.js";
import { importTables, type Files } from "./import-project.js";
import { oddSchemas } from "./odd-schemas.js";

const config = {
  compilerOptions: {
    ...{ target: "ES2022", module: "ESNext", moduleResolution: "bundler", allowImportingTsExtensions: true },
    ...{
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      noUnusedLocals: true,
    },
    ...{ verbatimModuleSyntax: true, skipLibCheck: true, noEmit: true, types: [] },
  },
  include: ["*/src"],
};

function isAlwaysThere({ nullable }: ColumnSnapshot): boolean {
  return !nullable;
}

describe("the resources of whatever tables", () => {
  let folder: string;
  let workspace: TypeWorkspace;
  const imported: Files[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "ashlar-imported-"));
    workspace = await createTypeWorkspace();
  });

  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await workspace.dispose();
  });

  async function expectRoundTrip(
    tables: readonly TableSnapshot[],
    attributeCase: "camelCase" | "snake_case",
  ) {
    fc.pre(tables.length > 0);
    const settings = { attributeCase };
    const { plan, files } = await importTables(tables, { settings });
    expect(plan.notices.filter(({ severity }) => severity === "warning")).toEqual([]);
    const again = await importTables(tables, { settings, files });
    expect(again.plan.changes.filter(({ kind }) => kind !== "skip")).toEqual([]);
    imported.push(files);
    const { resources, domains } = await loadProject(join(folder, String(imported.length)), files);
    expect(findDefinitionProblems(domains)).toEqual([]);
    const described = describeTables(resources.map(({ definition }) => definition)).snapshot;
    const kept = tables.filter(({ primaryKey, columns }) => primaryKey ?? columns.some(isAlwaysThere));
    expect(serialize(described.values())).toEqual(serialize(kept));
    expect(serialize(kept)).toEqual(
      Object.keys(files)
        .filter((path) => /^migrations\/snapshot\/[^/]*$/.test(path))
        .map((path) => files[path])
        .sort(),
    );
  }

  const cases = fc.constantFrom("camelCase", "snake_case");

  test("describe the very tables, whatever PostgreSQL can say of them", async () => {
    await fc.assert(
      fc.asyncProperty(postgresSnapshots, cases, (snapshot, attributeCase) =>
        expectRoundTrip([...snapshot.values()].map(useLiterals), attributeCase),
      ),
      { numRuns: 25 },
    );
  });

  test("describe the very tables, whatever they are called and however they refer to each other", async () => {
    await fc.assert(fc.asyncProperty(oddSchemas, cases, expectRoundTrip), { numRuns: 50 });
  });

  test("are the same in whichever order the database tells the tables", async () => {
    await fc.assert(
      fc.asyncProperty(oddSchemas, async (tables) => {
        const { files } = await importTables(tables);
        expect((await importTables(tables.toReversed())).files).toEqual(files);
      }),
      { numRuns: 15 },
    );
  });

  test.each(Object.keys(COMPILERS) as CompilerVersion[])(
    "type-check under TypeScript %s",
    async (version) => {
      const root = join(workspace.folder, `imported-${version}`);
      const sources = imported.map((files, index) => [`project-${index}`, files] as const);
      for (const [name, files] of sources) {
        for (const [path, text] of Object.entries(files)) {
          if (path.startsWith("src/")) write(join(root, name, path), text);
        }
      }
      write(join(root, "tsconfig.json"), JSON.stringify(config));
      const { errors } = await runCompiler(version, root);
      expect(errors).toEqual([]);
    },
  );
});

/** Defaults as the database is read: decimals as texts, bytes not at all. */
function useLiterals(table: TableSnapshot): TableSnapshot {
  return { ...table, columns: table.columns.map(useLiteral) };
}

function useLiteral({ default: given, ...column }: ColumnSnapshot): ColumnSnapshot {
  if (given?.kind !== "value") return { ...column, ...(given && { default: given }) };
  const kind = findItemKind(column.type);
  if (kind === "binary") return column;
  const literal: unknown = JSON.parse(JSON.stringify(given.value), (_key, value: unknown) =>
    kind === "decimal" && typeof value === "number" ? String(value) : value,
  );
  return { ...column, default: { kind: "value", value: literal as string } };
}

function findItemKind(type: AttributeType): string {
  return type.kind === "array" ? findItemKind(type.of) : type.kind;
}

function serialize(tables: Iterable<TableSnapshot>): readonly string[] {
  return [...tables].map(serializeTable).sort();
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
