import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createLateProblem } from "../../../src/host/migrate/late-problem.js";
import type { Problem } from "../../../src/support/problem.js";
import type { TableSnapshot } from "../../../src/migrations/snapshot.js";
import { serializeTable } from "../../../src/migrations/serialize.js";
import { projectFiles, users, type Step } from "../../generator/migrated-project.js";
import { createProject, type TestProject } from "./project.js";

const [create, late, ran] = ["1_create_users", "2_late", "3_ran"];

describe("what to do about a late migration", () => {
  let project: TestProject;
  beforeEach(async () => {
    project = await createProject("sqlite");
  });
  afterEach(() => project.close());

  /** What is told of `late`, where all others have run; `merged` is the table that the merge left. */
  function tell(steps: readonly Step[], merged: TableSnapshot | string): Problem {
    for (const [path, text] of projectFiles(steps)) project.write(path, text);
    const text = typeof merged === "string" ? merged : serializeTable(merged);
    project.write("migrations/snapshot/users.json", text);
    const files = steps.map(([name]) => ({
      name: `${name}.ts`,
      path: `${project.root}/migrations/${name}.ts`,
    }));
    const others = files.filter(({ name }) => name !== `${late}.ts`);
    const file = files.find(({ name }) => name === `${late}.ts`) ?? { name: "" };
    const records = others.map(({ name }) => ({ name, batch: 1, ranAt: new Date(0) }));
    return createLateProblem(file, { files, records, hashes: new Map(), areFoldersSeparate: false });
  }

  const made: Step = [create, [null, users()]];

  it("is to make the other anew where both add the same column", () => {
    const column = users("phone");
    const { message, hint } = tell([made, [late, [users(), column]], [ran, [users(), column]]], column);
    expect(message).toContain(
      '"2_late.ts" has not run on this database, but "3_ran.ts", which comes after it, has. ' +
        'It and "3_ran" both change the table "users" as it was before either',
    );
    expect(hint).toBe(
      'Where only your databases have run "3_ran", take it back: npx ashlar undo migration 3_ran --rollback, then: npx ashlar migrate. ' +
        'Else take back "2_late": npx ashlar undo migration 2_late --rollback. What is left is made anew by: npx ashlar gen migrations',
    );
  });

  it("is to finish the merge first whose marks are in a snapshot", () => {
    const steps: readonly Step[] = [made, [late, [users(), users("phone")]], [ran, [users(), users("fax")]]];
    const { hint } = tell(steps, `<<<<<<< HEAD\n${serializeTable(users("fax"))}`);
    expect(hint).toBe("How to finish that: npx ashlar check");
  });

  it("is to settle first whether a table goes that one drops and the other changes", () => {
    const { message, hint } = tell(
      [made, [late, [users(), null]], [ran, [users(), users("fax")]]],
      users("fax"),
    );
    expect(message).toContain(
      'It and "3_ran" part over the table "users": one changes it, the other drops it.',
    );
    expect(hint).toBe("How to settle that: npx ashlar check");
  });

  it("is to run it where each adds something of its own", () => {
    const { message, hint } = tell(
      [made, [late, [users(), users("phone")]], [ran, [users(), users("fax")]]],
      users("phone", "fax"),
    );
    expect(message).toContain('Each only adds something of its own to "users".');
    expect(hint).toBe("So it may run now: npx ashlar migrate --allow-late");
  });

  it("is left to the user where no history tells", () => {
    const { hint } = tell([made, [ran, [users(), users("fax")]], [late]], users("fax"));
    expect(hint).toMatch(
      /^If it may run now: npx ashlar migrate --allow-late\. If it may not, give its file/,
    );
  });
});
