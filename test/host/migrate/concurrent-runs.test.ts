import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { createProject, createTable, type TestProject } from "./project.js";

let project: TestProject;
afterEach(() => project.close());

/** What a process of its own says that it ran, or the code of its error. */
async function migrateInProcess(): Promise<unknown> {
  const migrator = join(import.meta.dirname, "../../../src/host/migrate/migrator.ts");
  const script = `
    import { migrate } from ${JSON.stringify(migrator)};
    const say = (value) => console.log(JSON.stringify(value));
    await migrate(${JSON.stringify(project.options)}).then(
      (ran) => say(ran.map(({ name }) => name)),
      (error) => say(error.message));`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  const chunks: Buffer[] = await child.stdout.toArray();
  await ended;
  return JSON.parse(Buffer.concat(chunks).toString());
}

describe.each(["postgres", "sqlite"] as const)(
  "several processes that migrate one database, on %s",
  (kind) => {
    it("run each migration once between them", async () => {
      project = await createProject(kind);
      const names = ["a", "b", "c", "d", "e", "f"].map((table) => `${table}.ts`);
      const pause =
        "await new Promise((resolve) => setTimeout(resolve, 50));\n  await knex.schema.createTable";
      for (const name of names) {
        project.write(
          `migrations/${name}`,
          createTable(name.slice(0, 1)).replace("await knex.schema.createTable", pause),
        );
      }
      const ran = await Promise.all([migrateInProcess(), migrateInProcess(), migrateInProcess()]);
      expect(ran.flat().toSorted()).toEqual(names);
      expect(await project.inspect((knex) => knex("knex_migrations").orderBy("id").pluck("name"))).toEqual(
        names,
      );
      expect(await project.inspect((knex) => knex("knex_migrations_lock").pluck("is_locked"))).toEqual([0]);
    });
  },
);
