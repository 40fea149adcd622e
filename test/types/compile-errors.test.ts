import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  COMPILERS,
  type CompilerVersion,
  createTypeWorkspace,
  runCompiler,
  type TypeWorkspace,
  writeProject,
} from "../../bench/types/type-project.js";
import { readFixtures } from "./read-fixtures.js";

const VERSIONS = Object.keys(COMPILERS) as CompilerVersion[];

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

  it.each(VERSIONS)(
    "say what to do when a resource cannot do what is asked, under TypeScript %s",
    async (version) => {
      const wrong = `import { create, resource, uuidPrimaryKey } from "ashlar";
import { repo, Wallet } from "./open-repo.js";
declare const wallet: Wallet;
export const creation = () => repo.create(Wallet, { id: 1, accountId: "1" });
export const destruction = () => repo.destroy(Wallet, wallet);
export const update = () => repo.changeset(Wallet, wallet).forUpdate();
export class Thing extends resource({
  table: "things",
  attributes: { id: uuidPrimaryKey() },
  actions: { make: create({ accept: ["idd"] }) },
}) {}
`;
      const files = new Map([...(await readFixtures()), ["wrong.ts", wrong]]);
      const project = await writeProject(workspace, `unable-${version}`, files);
      const { errors } = await runCompiler(version, project, ["--noErrorTruncation"]);
      const say = (kind: string): unknown =>
        expect.stringContaining(
          `This resource has no ${kind} action: add it to the defaults of its actions, or declare one.`,
        );
      expect(errors).toEqual([
        say("create"),
        say("destroy"),
        say("update"),
        expect.stringContaining(`Action<"create", "idd"`),
      ]);
    },
    60_000,
  );
});
