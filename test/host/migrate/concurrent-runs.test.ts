import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { setTimeout } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { migrate } from "../../../src/host/migrate/migrator.js";
import { readStatus } from "../../../src/host/migrate/status.js";
import { databaseKinds } from "../../databases/engines.js";
import { createProject, createTable, type TestProject } from "./project.js";

let project: TestProject;
afterEach(() => project.close());

/** A process that migrates and says what it ran, or what went wrong. */
function start(): ChildProcessByStdio<null, Readable, null> {
  const migrator = join(import.meta.dirname, "../../../src/host/migrate/migrator.ts");
  const script = `
    import { migrate } from ${JSON.stringify(migrator)};
    const say = (value) => console.log(JSON.stringify(value));
    await migrate(${JSON.stringify(project.options)}).then(
      (ran) => say(ran.map(({ name }) => name)),
      (error) => say(error.message));`;
  return spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
}

async function migrateInProcess(): Promise<unknown> {
  const child = start();
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

describe.each(databaseKinds)("a process that is killed within a migration, on %s", (kind) => {
  it("leaves the database as before it, ready for the next run", async () => {
    project = await createProject(kind);
    const within = JSON.stringify(join(project.root, "within"));
    const wait = `await (await import("node:fs/promises")).writeFile(${within}, "");
  await new Promise((resolve) => setTimeout(resolve, 60_000));\n}`;
    project.write("migrations/1.ts", createTable("users"));
    project.write("migrations/2.ts", createTable("tasks").replace("}\n\nexport", `  ${wait}\n\nexport`));
    const child = start();
    while (!existsSync(join(project.root, "within"))) await setTimeout(5);
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
    const names = (await readStatus(project.options)).map(({ name, state }) => `${name} ${state}`);
    expect(names).toEqual(["1.ts applied", "2.ts pending"]);
    expect(await project.inspect((knex) => knex.schema.hasTable("tasks"))).toBe(false);
    project.write("migrations/2.ts", createTable("tasks"));
    expect(await migrate(project.options)).toMatchObject([{ name: "2.ts" }]);
  });
});
