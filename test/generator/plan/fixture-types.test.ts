import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  COMPILERS,
  createTypeWorkspace,
  runCompiler,
  type CompilerVersion,
  type TypeWorkspace,
} from "../../../bench/types/type-project.js";
import { readFixtureCases, writeTree, type FixtureCase, type Tree } from "./fixture-case.js";

const VERSIONS = Object.keys(COMPILERS) as CompilerVersion[];

/** Cases with one configuration are checked in one run, each in a folder of its own; those with aliases alone. */
interface Batch {
  readonly config: string;
  readonly cases: readonly FixtureCase[];
}

// Cases that are all refusals leave their project as it was, whole or not.
const batches = findBatches(readFixtureCases().filter(({ after }) => Object.keys(after).length > 0));

describe("the projects that fixtures expect", () => {
  let workspace: TypeWorkspace;
  let folders: readonly string[];

  beforeAll(async () => {
    workspace = await createTypeWorkspace();
    folders = batches.map((batch, index) => writeBatch(join(workspace.folder, `batch-${index}`), batch));
  });

  afterAll(() => workspace.dispose());

  test.each(VERSIONS)("type-check as their own tsconfig asks, under TypeScript %s", async (version) => {
    const compilations = [];
    for (const folder of folders) compilations.push(await runCompiler(version, folder));
    expect(compilations.flatMap(({ errors }) => errors)).toEqual([]);
  });
});

function findBatches(cases: readonly FixtureCase[]): readonly Batch[] {
  const configs = new Map<string, FixtureCase[]>();
  for (const fixture of cases) {
    const config = fixture.before["tsconfig.json"] ?? "";
    const key = config.includes('"paths"') ? `${config} // ${fixture.name}` : config;
    configs.set(key, [...(configs.get(key) ?? []), fixture]);
  }
  return [...configs.entries()].map(([config, batch]) => ({ config, cases: batch }));
}

function writeBatch(folder: string, { config, cases }: Batch): string {
  if (config.includes('"paths"')) {
    for (const fixture of cases) writeTree(folder, findExpected(fixture));
    return folder;
  }
  for (const fixture of cases) writeTree(join(folder, fixture.name), findExpected(fixture));
  const include = /"include": \[([^\]]*)\]/.exec(config)?.[1]?.match(/"[^"]+"/g) ?? [];
  const shared = include.map((path) => `"*/${path.slice(1)}`).join(", ");
  writeTree(folder, { "tsconfig.json": config.replace(/"include": \[[^\]]*\]/, `"include": [${shared}]`) });
  return folder;
}

function findExpected({ before, after }: FixtureCase): Tree {
  return { ...before, ...after };
}
