import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTypeWorkspace, type TypeWorkspace, writeProject } from "../../bench/types/type-project.js";
import { type Hovers, openHovers } from "./language-service.js";
import { readFixtures } from "./read-fixtures.js";

const USE = `import { User } from "./recipe.js";
import { Account, repo } from "./open-repo.js";

export const query = repo.query(User).load("tasks");
export const user = await query.readOneOrThrow();
export const tasks = user.tasks;
export const part = await repo.query(User).select("email").load("tasks").readOneOrThrow();
export const changeset = repo.changeset(User, user).forUpdate();
export const created = repo.create(User, { email: "ada@example.org" });
export const registered = repo . create(Account, "register", { email: "a", role: "", ownerId: "", code: "" });
export const filtered = query.filter({ email: "ada@example.org" });
export const found = repo.get(User, "1");
`;

describe("an editor shows names, not what they stand for,", () => {
  let workspace: TypeWorkspace;
  let hovers: Hovers;

  beforeAll(async () => {
    workspace = await createTypeWorkspace();
    const files = new Map([...(await readFixtures()), ["use.ts", USE]]);
    hovers = openHovers(await writeProject(workspace, "hovers", files), "use.ts");
  }, 60_000);

  afterAll(() => workspace.dispose());

  it.each([
    ["a query", "query =", 'const query: Query<typeof User, User & Loaded<typeof User, "tasks">, never>'],
    ["a record", "user =", 'const user: User & Loaded<typeof User, "tasks">'],
    ["related records", "tasks;", "(property) tasks: (Task & Joined<UserTask>)[]"],
    [
      "a part of a record",
      "part =",
      'const part: Pick<User, "id" | "email"> & Selection<User> & Loaded<typeof User, "tasks">',
    ],
    [
      "a changeset",
      "changeset =",
      'const changeset: UpdateChangeset<typeof User, User & Loaded<typeof User, "tasks">>',
    ],
    ["the input of a default action", "create(User", /\binput: CreateInput<typeof User>\): Promise<User>/],
    ["the input of an action", "create(Account", /\binput: DeclaredInput<typeof Account, "register">\)/],
    ["a filter", "filter({", /\.filter\(filter: Filter<typeof User>\)/],
    ["a key", "get(User", /\bkey: KeyOf<typeof User>\): Promise<User>/],
  ])("for %s", (_, place, shown) => {
    if (typeof shown === "string") expect(hovers.read(place)).toBe(shown);
    else expect(hovers.read(place)).toMatch(shown);
  });
});
