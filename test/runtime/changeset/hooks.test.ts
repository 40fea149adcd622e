import { once } from "node:events";
import { describe, expect, it } from "vitest";
import {
  create,
  destroy,
  domain,
  resource,
  string,
  update,
  uuidPrimaryKey,
  type Repo,
} from "../../../src/runtime/index.js";
import { databaseKinds } from "../../databases/engines.js";
import { usePress } from "../actions/open-press.js";
import { findRefusals } from "../open-shop.js";

/** What the hooks did, in order. */
const log: string[] = [];
let afterCommit: (repo: Repo) => Promise<unknown> = async () => {};

class Order extends resource({
  table: "orders",
  attributes: { id: uuidPrimaryKey(), name: string().required(), state: string() },
  identities: { uniqueName: ["name"] },
  actions: {
    defaults: ["read"],
    create: create({
      accept: ["name", "state"],
      changes: [
        ({ before, after }) => {
          before(() => void log.push("before of a change"));
          after(() => void log.push("after of a change"));
        },
      ],
      before: [
        async ({ get, set, addIssue, repo }) => {
          log.push(`before ${String(get("name"))} among ${String(await repo.query(Order).count())}`);
          if (get("state") === "refused")
            addIssue({ code: "order.refused", message: "No.", attribute: "state" });
          else set("state", "seen");
        },
      ],
      after: [
        async ({ record, repo }) => {
          const { id, name } = record as Order;
          log.push(`after ${name} ${(await repo.get(Order, id)).state ?? "null"}`);
          if (name === "fails") throw new Error("after failed");
        },
      ],
      afterCommit: [
        async ({ record, repo }) => {
          log.push(`committed ${(record as Order).name}`);
          await afterCommit(repo);
        },
        () => void log.push("committed second"),
      ],
    }),
    rename: update({ accept: ["name"], after: [({ record }) => void log.push((record as Order).name)] }),
    remove: destroy({
      before: [({ record }) => void log.push(`removing ${(record as Order).name}`)],
      after: [async ({ repo }) => void log.push(`left ${String(await repo.query(Order).count())}`)],
    }),
  },
}) {}

const Shop = domain("Shop", { resources: [Order] });

async function logOf(work: () => Promise<unknown>): Promise<string[]> {
  log.length = 0;
  afterCommit = async () => {};
  await work();
  return [...log];
}

describe.each(databaseKinds)("hooks of actions on %s", (kind) => {
  const opened = usePress(kind, [Shop], [Order]);

  it("run in order, inside the transaction, and after the commit", async () => {
    const { repo } = opened();
    expect(await logOf(() => repo.create(Order, { name: "first" }))).toEqual([
      "before first among 0",
      "before of a change",
      "after first seen",
      "after of a change",
      "committed first",
      "committed second",
    ]);
  });

  it("wait for the outermost transaction, and their repo works then", async () => {
    const { repo } = opened();
    const names: string[] = [];
    const logged = await logOf(async () => {
      await repo.transaction(async (outer) => {
        await outer.transaction(async (inner) => {
          afterCommit = async (handed) =>
            void names.push((await handed.query(Order).filter({ name: "nested" }).readOneOrThrow()).name);
          await inner.create(Order, { name: "nested" });
        });
        log.push("outer goes on");
      });
    });
    expect(logged.slice(-3)).toEqual(["outer goes on", "committed nested", "committed second"]);
    expect(names).toEqual(["nested"]);
  });

  it("after the commit are forgotten with a savepoint or a transaction that is rolled back", async () => {
    const { repo } = opened();
    const undo = (inner: Repo, name: string) =>
      inner.transaction(async (deeper) => {
        await deeper.create(Order, { name });
        throw new Error("undo");
      });
    const logged = await logOf(async () => {
      await repo.transaction((inner) => undo(inner, "undone").catch(() => {}));
      await undo(repo, "undone too").catch(() => {});
    });
    expect(logged.filter((entry) => entry.startsWith("committed"))).toEqual([]);
    expect(
      await repo
        .query(Order)
        .filter({ name: { startsWith: "undone" } })
        .count(),
    ).toBe(0);
  });

  it("undo everything where one of them fails", async () => {
    const { repo } = opened();
    await expect(repo.create(Order, { name: "fails" })).rejects.toThrow("after failed");
    expect(await repo.query(Order).filter({ name: "fails" }).exists()).toBe(false);
  });

  it("refuse what they find wrong before anything is written", async () => {
    const { repo } = opened();
    const refuse = () => repo.create(Order, { name: "no", state: "refused" });
    expect(await findRefusals(refuse)).toEqual(["order.refused at state"]);
    const many = () => repo.createMany(Order, [{ name: "yes" }, { name: "no", state: "refused" }]);
    expect(await findRefusals(many)).toEqual(["order.refused at 1.state"]);
  });

  it("leave the changeset as it was, so that it can be carried out again", async () => {
    const { repo } = opened();
    const changeset = repo.changeset(Order).forCreate({ name: "again", state: "refused" });
    for (const _ of [1, 2])
      expect(await findRefusals(() => changeset.create())).toEqual(["order.refused at state"]);
    expect(changeset.errors).toEqual([]);
  });

  it("run for each record of many, of an upsert, and only for those that were written", async () => {
    const { repo } = opened();
    const logged = await logOf(() =>
      repo.createMany(Order, [{ name: "first" }, { name: "many" }], { onDuplicate: "ignore" }),
    );
    expect(logged.filter((entry) => entry.startsWith("committed "))).toEqual([
      "committed many",
      "committed second",
    ]);
    const upserted = await logOf(() => repo.upsert(Order, { name: "first" }, { identity: "uniqueName" }));
    expect(upserted).toContain("committed first");
  });

  it("run around updates and destroys", async () => {
    const { repo } = opened();
    const order = await repo.create(Order, { name: "moved" });
    expect(await logOf(() => repo.update(Order, order, "rename", { name: "away" }))).toEqual(["away"]);
    const left = await repo.query(Order).count();
    expect(await logOf(() => repo.destroy(Order, order, "remove"))).toEqual([
      "removing moved",
      `left ${String(left - 1)}`,
    ]);
  });

  it("that fail after the commit are a warning of the process, for what is done is done", async () => {
    const { repo } = opened();
    log.length = 0;
    afterCommit = () => Promise.reject(new Error("mail failed"));
    const warned = once(process, "warning");
    const order = await repo.create(Order, { name: "kept" });
    const [warning] = (await warned) as [Error];
    expect(warning.message).toBe("mail failed");
    expect(await repo.get(Order, order.id)).toMatchObject({ name: "kept" });
    expect(log.at(-1)).toBe("committed second");
    afterCommit = async () => {};
  });
});
