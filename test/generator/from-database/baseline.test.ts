import { describe, expect, test } from "vitest";
import { emptyProject } from "../../../src/testing/projects.js";
import { importTables, type ImportOptions } from "./import-project.js";
import { references, table } from "./tables.js";

const users = table("users");
const tasks = table("tasks", ["user_id"], { foreignKeys: [references("tasks", "user_id", "users")] });
const byHand = { ...emptyProject, "migrations/20250101000000_users.ts": "export async function up() {}\n" };
const path = "migrations/20260101000000_baseline.ts";

async function findBaseline(options: ImportOptions = {}, tables = [users, tasks]) {
  const { files, plan } = await importTables(tables, options);
  const codes = plan.notices.map(({ code }) => code).filter((code) => code.startsWith("baseline."));
  return { text: files[path], codes, files, next: plan.next };
}

describe("the baseline", () => {
  test("makes the tables, names them, and does not go back", async () => {
    const { text = "", next } = await findBaseline();
    expect(text).toContain('export const baseline = ["tasks", "users"];');
    expect(text.match(/createTable\("\w+"/g)).toEqual(['createTable("users"', 'createTable("tasks"']);
    expect(text).toContain("A baseline is not taken back");
    expect(text).not.toContain("dropTable");
    expect(next).toEqual(["npx ashlar migrate", "npx ashlar check --database --prove"]);
  });

  test("begins with the SQL that the tables need", async () => {
    const schema = { prerequisites: ["create extension if not exists citext;"] };
    const { text = "" } = await findBaseline({ schema });
    expect(text).toContain(
      'up(knex: Knex): Promise<void> {\n  await knex.raw("create extension if not exists citext");',
    );
  });

  test("is left out beside migrations by hand, which may make the tables, and that is told", async () => {
    expect(await findBaseline({ files: byHand })).toMatchObject({
      text: undefined,
      codes: ["baseline.none"],
    });
  });

  test("is written beside them where it is asked for", async () => {
    const { text, codes } = await findBaseline({ files: byHand, request: { baseline: true } });
    expect(text).toContain('["tasks", "users"]');
    expect(codes).toEqual([]);
  });

  test("is left out where nobody wants it", async () => {
    const { text, codes, next } = await findBaseline({ request: { baseline: false } });
    expect({ text, codes, next }).toEqual({
      ...{ text: undefined, codes: [], next: ["npx ashlar gen migrations --check"] },
    });
  });

  test("can be had later, of the tables that no migration has made", async () => {
    const { files } = await findBaseline({ request: { baseline: false } });
    const { text } = await findBaseline({ files, request: { baseline: true } });
    expect(text).toContain('["tasks", "users"]');
  });

  test("of some tables says which others it needs", async () => {
    const { codes } = await findBaseline({ request: { tables: ["tasks"] } });
    expect(codes).toEqual(["baseline.incomplete"]);
  });

  test("on SQLite makes tables with their references, even in a circle", async () => {
    const circle = table("users", ["task_id"], { foreignKeys: [references("users", "task_id", "tasks")] });
    const { text = "" } = await findBaseline({ settings: { database: "sqlite" } }, [circle, tasks]);
    expect(text).not.toContain("_rebuilt");
    expect(text.match(/references/g)).toHaveLength(2);
  });
});

test("triggers and what else can be said become statements of their resource", async () => {
  const trigger = {
    ...{ table: "users", kind: "trigger", name: "users_touch", why: "It runs code." },
    ...{
      sql: "create trigger users_touch after update on users",
      down: 'drop trigger "users_touch" on "users"',
    },
  };
  const { files, plan } = await importTables([users], { schema: { parts: [trigger] } });
  expect(files["src/example/user.ts"]).toContain("usersTouch: {");
  expect(files[path]).toContain("create trigger users_touch");
  expect(plan.notices.map(({ code }) => code)).not.toContain("table.part.left");
});
