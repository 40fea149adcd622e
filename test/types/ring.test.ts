import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildAshlarRing } from "../../bench/types/ring-files.js";
import {
  COMPILERS,
  type Compilation,
  type CompilerVersion,
  createTypeWorkspace,
  measureDeclarations,
  runCompiler,
  type TypeWorkspace,
  writeProject,
} from "../../bench/types/type-project.js";

const VERSIONS = Object.keys(COMPILERS) as CompilerVersion[];

let workspace: TypeWorkspace;

beforeAll(async () => {
  workspace = await createTypeWorkspace();
}, 60_000);

afterAll(() => workspace.dispose());

describe("a ring of 200 resources and 200 join resources, circular, self-referencing, queried, without annotations", () => {
  const compilations = new Map<CompilerVersion, Compilation>();
  let ring: string;
  let single: Compilation;

  beforeAll(async () => {
    ring = await writeProject(workspace, "ring", buildAshlarRing(200));
    for (const version of VERSIONS) compilations.set(version, await runCompiler(version, ring));
    // Version 7 counts what each of four checkers does, most of it four times: one checker counts what it is.
    single = await runCompiler("7.0", ring, ["--singleThreaded"]);
  }, 180_000);

  it.each(VERSIONS)("has no error under TypeScript %s", (version) => {
    expect(compilations.get(version)?.errors).toEqual([]);
  });

  it("costs fewer than 100,000 instantiations", () => {
    expect(compilations.get("5.9")?.instantiations).toBeLessThan(100_000);
    expect(single.instantiations).toBeLessThan(100_000);
  });

  it("costs four checkers no more than twice what it costs one", () => {
    expect(compilations.get("7.0")?.instantiations).toBeLessThan(2 * single.instantiations);
  });

  it("writes less than 1 MB of declarations", async () => {
    const bytes = await measureDeclarations(ring);
    expect(bytes).toBeGreaterThan(100_000);
    expect(bytes).toBeLessThan(1_000_000);
  });

  it.each(VERSIONS)(
    "can be used from its declarations alone under TypeScript %s",
    async (version) => {
      const user = await writeProject(workspace, "user", new Map([["use.ts", renderUse()]]));
      expect((await runCompiler(version, user)).errors).toEqual([]);
    },
    60_000,
  );
});

/** Code that knows the ring from its declarations alone, and what it must not be allowed. */
function renderUse(): string {
  return `import type { CreateInput, RecordOf, RelationshipsOf } from "ashlar";
import type { Node0 } from "../ring/declarations/node0.js";
import type { Node1 } from "../ring/declarations/node1.js";

declare const next: ReturnType<RelationshipsOf<typeof Node0>["next"]["destination"]>["prototype"];
export const same: Node1 = next;
export const age: number | null = next.age;
export const email: RecordOf<typeof Node0>["email"] = "ada@example.org";
export const input: CreateInput<typeof Node0> = { email };
// @ts-expect-error email is required
export const nothing: CreateInput<typeof Node0> = {};
`;
}
