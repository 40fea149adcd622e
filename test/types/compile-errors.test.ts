import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../bench/types/ring-files.js";
import {
  COMPILERS,
  type CompilerVersion,
  createTypeWorkspace,
  runCompiler,
  type TypeWorkspace,
  writeProject,
} from "../../bench/types/type-project.js";

const FIXTURES = join(import.meta.dirname, "fixtures");
const VERSIONS = Object.keys(COMPILERS) as CompilerVersion[];

/** The fixtures as a user of the package would write them. */
async function readFixtures(): Promise<ProjectFiles> {
  const names = await readdir(FIXTURES);
  const texts = names.map(async (name): Promise<[string, string]> => {
    const text = await readFile(join(FIXTURES, name), "utf8");
    return [name, text.replaceAll("../../../src/runtime/index.js", "ashlar")];
  });
  return new Map(await Promise.all(texts));
}

describe("the built types", () => {
  let workspace: TypeWorkspace;

  beforeAll(async () => {
    workspace = await createTypeWorkspace();
  }, 60_000);

  afterAll(() => workspace.dispose());

  it.each(VERSIONS)(
    "infer and refuse what the fixtures say, under TypeScript %s",
    async (version) => {
      const project = await writeProject(workspace, `fixtures-${version}`, await readFixtures());
      expect((await runCompiler(version, project)).errors).toEqual([]);
    },
    60_000,
  );

  it.each(VERSIONS)(
    "say what is possible when a name is wrong, under TypeScript %s",
    async (version) => {
      const fixtures = await readFixtures();
      const wrong = `import { belongsTo, hasMany, resource, string, uuidPrimaryKey } from "ashlar";
import { User, UserTask } from "./recipe.js";
export const typo = hasMany(() => UserTask, { destinationAttribute: "userid" });
export const unknown = belongsTo(() => UserTask, { destinationAttribute: "owner" });
export const reserved = resource({ table: "t", attributes: { id: uuidPrimaryKey(), then: string() } });
export const action = resource({ table: "t", attributes: {}, actions: { defaults: ["creat"] } });
export const notLoaded = (user: User) => user.tasks;
`;
      const files = new Map([...fixtures, ["wrong.ts", wrong]]);
      const project = await writeProject(workspace, `wrong-${version}`, files);
      const { errors } = await runCompiler(version, project);
      expect(errors).toEqual([
        expect.stringContaining(`Type '"userid"' is not assignable`),
        expect.stringMatching(/Type '"owner"' is not assignable to type '.*"userId".*'/),
        expect.stringContaining(
          "An attribute cannot be named then: await would take the record for a promise.",
        ),
        expect.stringContaining(
          `Type '"creat"' is not assignable to type 'ActionKind'. Did you mean '"create"'?`,
        ),
        expect.stringContaining(`Property 'tasks' does not exist on type 'User'.`),
      ]);
    },
    60_000,
  );
});
