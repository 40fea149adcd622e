import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { migrate } from "../../../src/host/migrate/migrator.js";
import { readStatus } from "../../../src/host/migrate/status.js";
import { createUnreachableError } from "../../../src/host/migrate/unreachable.js";
import { isAshlarError, type Problem } from "../../../src/support/problem.js";
import { databaseKinds, openPostgres } from "../../databases/engines.js";
import { createProject, createTable, type TestProject } from "./project.js";

let project: TestProject;
afterEach(() => project.close());

async function problemOf(run: () => Promise<unknown>): Promise<Problem> {
  const error: unknown = await run().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (isAshlarError(error) && error.problems[0] !== undefined) return error.problems[0];
  throw new Error("nothing was refused", { cause: error });
}

describe("a database that gives no connection", () => {
  async function tell(connection: object): Promise<Problem> {
    project = await createProject("postgres");
    project.write(
      "knexfile.ts",
      `export default { client: "pg", connection: ${JSON.stringify(connection)} };`,
    );
    return problemOf(() => migrate(project.options));
  }

  it("is named, and never its password", async () => {
    const address = { host: "127.0.0.1", port: 1, database: "shop", user: "ada", password: "secret" };
    const problem = await tell(address);
    expect(problem).toMatchObject({
      code: "database.unreachable",
      message: 'Cannot connect to the database "shop" at 127.0.0.1:1: connect ECONNREFUSED 127.0.0.1:1.',
    });
    expect(JSON.stringify(problem)).not.toContain("secret");
  });

  it("is named with what each of its addresses answered first", async () => {
    project = await createProject("sqlite");
    const refused = new AggregateError([new Error("connect ECONNREFUSED ::1:5432"), new Error("another")]);
    expect(createUnreachableError(refused, {}).message).toMatch(
      /^Cannot connect to the database at localhost: connect ECONNREFUSED ::1:5432\./,
    );
  });

  it("says what to correct where the server answers", async () => {
    const { connection, close } = await openPostgres();
    await close();
    expect(await tell({ ...connection, database: "absent" })).toMatchObject({
      message: expect.stringContaining('database "absent" does not exist.') as string,
      hint: 'Make it and migrate it: npx ashlar setup. Or correct "connection" in the knexfile.',
    });
    project.close();
    expect((await tell({ ...connection, password: "wrong" })).hint).toContain("the user and the password");
  });

  it("may be a file that cannot be one", async () => {
    project = await createProject("sqlite");
    project.write("data.sqlite", "This is not a database, as anyone can see who reads it.\n".repeat(100));
    expect(await problemOf(() => migrate(project.options))).toMatchObject({
      code: "database.unreachable",
      message: expect.stringMatching(/"\.\/data\.sqlite": file is not a database\.$/) as string,
    });
  });
});

describe("a PGlite folder that another process has", () => {
  it("is left to it, and the process is named", async () => {
    project = await createProject("pglite");
    const script = join(import.meta.dirname, "../../databases/pglite-process.ts");
    const holder = spawn(
      process.execPath,
      ["--import", "tsx", script, join(project.root, "data"), "1", "stay"],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    await once(holder.stdout, "data");
    const problem = await problemOf(() => migrate(project.options));
    const ended = once(holder, "exit");
    holder.kill("SIGKILL");
    await ended;
    expect(problem).toMatchObject({
      code: "database.locked",
      message: expect.stringContaining(`process ${holder.pid}`) as string,
    });
    project.write("migrations/20260101_users.ts", createTable("users"));
    expect(await migrate(project.options)).toHaveLength(1);
  });
});

describe.each(databaseKinds)("the status on %s", (kind) => {
  it("tells what ran and when, what is pending and what is missing", async () => {
    project = await createProject(kind);
    project.write("migrations/20260101_users.ts", createTable("users"));
    project.write("migrations/20260102_tasks.ts", createTable("tasks"));
    expect(await readStatus(project.options)).toEqual([
      { state: "pending", name: "20260101_users.ts" },
      { state: "pending", name: "20260102_tasks.ts" },
    ]);
    expect(await project.inspect((knex) => knex.schema.hasTable("knex_migrations"))).toBe(false);
    const before = Date.now();
    await migrate({ ...project.options, step: 1 });
    await migrate(project.options);
    project.remove("migrations/20260101_users.ts");
    project.write("migrations/20260103_notes.ts", createTable("notes"));
    const status = await readStatus(project.options);
    expect(status).toMatchObject([
      { state: "missing", name: "20260101_users.ts", batch: 1, ranAt: expect.any(Date) as Date },
      { state: "applied", name: "20260102_tasks.ts", batch: 2, ranAt: expect.any(Date) as Date },
      { state: "pending", name: "20260103_notes.ts" },
    ]);
    const [first] = status;
    if (first?.state === "missing") expect(first.ranAt.getTime()).toBeGreaterThanOrEqual(before - 1000);
  });
});

describe.each(databaseKinds)("a process that migrates %s", (kind) => {
  it("ends by itself, also where a migration fails", async () => {
    project = await createProject(kind);
    project.write(
      "migrations/20260101_users.ts",
      createTable("users").replaceAll("knex.schema", "knex.missing"),
    );
    const migrator = join(import.meta.dirname, "../../../src/host/migrate/migrator.ts");
    const script = `
      import { migrate } from ${JSON.stringify(migrator)};
      await migrate(${JSON.stringify(project.options)}).catch((error) => console.log(error.code));`;
    const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = once(child, "exit");
    const chunks: Buffer[] = await child.stdout.toArray();
    expect(Buffer.concat(chunks).toString()).toBe("migration.failed\n");
    expect(await ended).toEqual([0, null]);
  });
});
