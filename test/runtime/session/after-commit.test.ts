import { describe, expect, it } from "vitest";
import { databaseKinds } from "../../databases/engines.js";
import { findDatabaseKind } from "../../../src/runtime/session/database-kind.js";
import type { Session } from "../../../src/runtime/session/session.js";
import { runAfterCommit, runTransaction } from "../../../src/runtime/session/transaction.js";
import { useShop } from "../open-shop.js";

describe.each(databaseKinds)("what is to happen after the commit on %s", (kind) => {
  const shop = useShop(kind, { seed: async () => {} });
  const createSession = (knex: Session["base"]): Session => ({
    database: findDatabaseKind(knex),
    base: knex,
    listeners: new Set(),
  });

  it("happens at once outside a transaction, else behind the outermost one", async () => {
    const session = createSession(shop().database.knex);
    const told: string[] = [];
    const tell = (word: string): Promise<void> => runAfterCommit(session, async () => void told.push(word));
    await tell("outside");
    await runTransaction(session, async () => {
      await tell("outer");
      await runTransaction(session, () => tell("inner"));
      await runTransaction(session, async () => {
        await tell("undone");
        throw new Error("undo");
      }).catch(() => {});
      expect(told).toEqual(["outside"]);
    });
    expect(told).toEqual(["outside", "outer", "inner"]);
  });

  it("waits for a transaction that Knex began, and is forgotten with it", async () => {
    const { knex } = shop().database;
    const told: string[] = [];
    const work = (word: string, end: () => void): Promise<void> =>
      knex.transaction(async (transaction) => {
        const session = createSession(transaction);
        await runAfterCommit(session, async () => void told.push(word));
        await runTransaction(session, () =>
          runAfterCommit(session, async () => void told.push(`${word} nested`)),
        );
        expect(told).not.toContain(word);
        end();
      });
    await work("kept", () => {});
    const undo = (): void => {
      throw new Error("undo");
    };
    await expect(work("undone", undo)).rejects.toThrow("undo");
    expect(told).toEqual(["kept", "kept nested"]);
  });
});
