import { describe, expect, onTestFinished, test } from "vitest";
import { migrate } from "../../../src/host/migrate/migrator.js";
import { readStatus } from "../../../src/host/migrate/status.js";
import { databaseKinds, databaseTimeout, type DatabaseKind } from "../../databases/engines.js";
import { createProject, createTable, type TestProject } from "./project.js";

const name = "1_baseline.ts";
const baseline = (tables: readonly string[]): string =>
  `${createTable("made")}\nexport const baseline = ${JSON.stringify(tables)};\n`;

/** A database that has the table `users`, and a baseline of the given tables. */
async function createExisting(kind: DatabaseKind, tables: readonly string[]): Promise<TestProject> {
  const project = await createProject(kind);
  onTestFinished(() => project.close());
  await project.inspect(async (knex) => knex.schema.createTable("users", (table) => table.increments("id")));
  project.write(`migrations/${name}`, baseline(tables));
  return project;
}

const hasMade = (project: TestProject): Promise<boolean> =>
  project.inspect(async (knex) => knex.schema.hasTable("made"));

describe.each(databaseKinds)("a baseline on %s", { timeout: databaseTimeout * 2 }, (kind) => {
  test("is recorded and not run where its tables are there", async () => {
    const project = await createExisting(kind, ["users"]);
    const adopted: string[] = [];
    await migrate({ ...project.options, onAdopt: (each) => adopted.push(each) });
    expect(adopted).toEqual([name]);
    expect(await hasMade(project)).toBe(false);
    expect(await readStatus(project.options)).toMatchObject([{ state: "applied", name }]);
    expect(await migrate(project.options)).toEqual([]);
  });

  test("runs where none of them is", async () => {
    const project = await createExisting(kind, ["made", "others"]);
    expect(await migrate(project.options)).toMatchObject([{ name }]);
    expect(await hasMade(project)).toBe(true);
  });

  test("is refused where some are missing, and nothing is kept", async () => {
    const project = await createExisting(kind, ["users", "tasks"]);
    await expect(migrate(project.options)).rejects.toMatchObject({
      problems: [
        { code: "migration.baseline.partial", message: expect.stringContaining('"tasks" is missing') },
      ],
    });
    expect(await readStatus(project.options)).toMatchObject([{ state: "pending" }]);
  });
});
