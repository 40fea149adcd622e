import { describe, expect, it } from "vitest";
import type { Knex } from "knex";
import { useShop } from "../open-shop.js";
import { ada, bob, Comment, Task, User, uuidOf, write } from "../shop.js";

/** Which way a database would go on large tables: it is told to read no table through where an index serves. */
describe("the plans of queries on postgres", () => {
  const shop = useShop("postgres");

  async function explain(query: { toKnex(): Knex.QueryBuilder }): Promise<string> {
    const { sql, bindings } = query.toKnex().toSQL().toNative();
    return shop().database.knex.transaction(async (transaction) => {
      await transaction.raw("set local enable_seqscan = off");
      const { rows } = await transaction.raw<{ rows: { "QUERY PLAN": string }[] }>(
        `explain ${sql.replace(/\$\d+/g, "?")}`,
        bindings as Knex.RawBinding[],
      );
      return rows.map((row) => row["QUERY PLAN"]).join("\n");
    });
  }

  it("find rows by keys and identities through indexes", async () => {
    const { repo } = shop();
    for (const query of [
      repo.query(Task).filter({ id: write }),
      repo.query(Task).filter({ id: { in: [write, uuidOf(12)] } }),
      repo.query(User).filter({ email: "ada@example.org" }),
      repo.query(User).filter({ email: { in: ["ada@example.org"] } }),
      repo.query(Comment).filter({ authorId: { in: [ada, bob] } }),
    ]) {
      const plan = await explain(query);
      expect(plan).toMatch(/Index (Only )?(Scan|Cond)/);
      expect(plan).not.toContain("Seq Scan");
    }
  });

  it("go through relationships by indexes", async () => {
    const { repo } = shop();
    for (const query of [
      repo.query(User).filter({ id: ada, comments: { taskId: write } }),
      repo.query(User).filter({ id: ada, tasks: { id: write } }),
      repo.query(Task).filter({ id: write, users: { comments: { parent: { authorId: ada } } } }),
      repo.query(Comment).filter({ id: uuidOf(21), not: { replies: {} } }),
    ]) {
      expect(await explain(query)).not.toContain("Seq Scan");
    }
  });
});
