import { describe, expect, it } from "vitest";
import { databaseKinds } from "../../databases/engines.js";
import { findRefusals, listStatements } from "../open-shop.js";
import { ada, bob, insertRows, read, rest, Task, User, UserTask, uuidOf, write } from "../shop.js";
import { listJoins, listTasks, manage, useFreshShop } from "./fresh-shop.js";

describe.each(databaseKinds)("the record after its relationships are managed on %s", (kind) => {
  const shop = useFreshShop(kind);

  it("holds what stays first, then the inputs in their order", async () => {
    const user = await manage(shop().repo, ada, [rest, write], {
      onLookup: "relate",
      onMatch: "update_join",
    });
    expect(listTasks(user)).toEqual(["Read -", "Rest -", "Write owner"]);
  });

  it("is an instance, as are what is related and the join rows, and the one handed in is as it was", async () => {
    const { repo } = shop();
    const user = await repo.query(User).load("tasks").get(ada);
    const before = [...user.tasks];
    const changed = await repo
      .changeset(User, user)
      .forUpdate({ name: "Eve" })
      .manageRelationship("tasks", [rest], { type: "append_and_remove" })
      .update();
    expect(changed.label).toBe("Eve");
    expect(changed.tasks[0]).toBeInstanceOf(Task);
    expect(changed.tasks[0]?.$join).toBeInstanceOf(UserTask);
    expect(changed.tasks.map(({ title }) => title)).toEqual(["Rest"]);
    expect(user.tasks).toEqual(before);
    expect(user.name).toBe("Ada");
    const stored = await repo.query(User).load("tasks").get(ada);
    expect(changed).toEqual(stored);
  });

  it("has the list that was loaded brought up to date by an append; else it is not loaded", async () => {
    const { repo } = shop();
    const user = await repo
      .query(User)
      .load("tasks", (query) => query.sort("title"))
      .get(ada);
    const append = { type: "append" } as const;
    const input = [await repo.get(Task, rest), write];
    const changed = await repo
      .changeset(User, user)
      .forUpdate()
      .manageRelationship("tasks", input, append)
      .update();
    expect(listTasks(changed)).toEqual(["Read -", "Rest -", "Write owner"]);
    expect(changed.tasks.map(({ $join }) => $join.position)).toEqual([1, null, 2]);
    const bare = await repo.get(User, bob);
    const unloaded = await repo
      .changeset(User, bare)
      .forUpdate()
      .manageRelationship("tasks", input, append)
      .update();
    expect(() => (unloaded as unknown as { tasks: unknown }).tasks).toThrow("was not loaded");
  });

  it("has the join rows as they are, also where another related them since it was loaded", async () => {
    const { repo, database } = shop();
    const user = await repo.query(User).load("tasks").get(bob);
    await insertRows(database.knex, UserTask, [{ userId: bob, taskId: rest, role: "guest", position: 5 }]);
    const input = [await repo.get(Task, rest)];
    const changed = await repo
      .changeset(User, user)
      .forUpdate()
      .manageRelationship("tasks", input, { type: "append" })
      .update();
    expect(listTasks(changed)).toEqual(["Read helper", "Rest guest"]);
    const renamed = await manage(repo, bob, [{ id: rest, role: "host" }], { onMatch: "update_join" });
    expect(listTasks(renamed)).toEqual(["Read helper", "Rest host"]);
  });

  it("takes several calls one after the other: of one relationship, and of several", async () => {
    const { repo } = shop();
    const user = await repo.get(User, ada);
    const changed = await repo
      .changeset(User, user)
      .forUpdate()
      .manageRelationship("tasks", [rest], { type: "append_and_remove" })
      .manageRelationship("tasks", [write], { type: "append" })
      .manageRelationship("comments", [], { type: "append_and_remove" })
      .manageRelationship("profile", null, { type: "direct_control" })
      .update();
    expect(listTasks(changed)).toEqual(["Rest -", "Write -"]);
    expect(changed.comments).toEqual([]);
    expect(changed.profile).toBeNull();
    expect(await listJoins(repo)).toEqual(["Ada Rest -", "Ada Write -", "Bob Read helper"]);
  });

  it("takes several calls on a new record too: the later one sees what the earlier did", async () => {
    const { repo } = shop();
    const user = await repo
      .changeset(User)
      .forCreate({ email: "dan@example.org", name: "Dan" })
      .manageRelationship("tasks", [rest, write], { type: "append" })
      .manageRelationship("tasks", [read, write], { type: "append_and_remove" })
      .create();
    expect(listTasks(user)).toEqual(["Read -", "Write -"]);
    expect((await listJoins(repo)).filter((row) => row.startsWith("Dan"))).toEqual([
      "Dan Read -",
      "Dan Write -",
    ]);
    const both = await repo
      .changeset(User)
      .forCreate({ email: "eve@example.org", name: "Eve" })
      .manageRelationship("userTasks", [{ taskId: rest, role: "x" }], { type: "direct_control" })
      .manageRelationship("tasks", [write], { type: "append_and_remove" })
      .create();
    expect(listTasks(both)).toEqual(["Write -"]);
  });

  it("is destroyed with what its changeset managed before", async () => {
    const { repo } = shop();
    const user = await repo.get(User, ada);
    const gone = await repo
      .changeset(User, user)
      .forDestroy()
      .manageRelationship("tasks", [read], { onMatch: "destroy" })
      .manageRelationship("comments", [], { onMissing: "destroy" })
      .destroy();
    expect(gone.name).toBe("Ada");
    expect(await listJoins(repo)).toEqual([]);
    expect((await repo.query(Task).sort("title").read()).map(({ title }) => title)).toEqual([
      "Rest",
      "Write",
    ]);
    expect(await findRefusals(() => repo.get(User, ada))).toEqual(["record.not_found"]);
  });

  it("sends no more statements for more inputs", async () => {
    const { repo, database } = shop();
    const ids = Array.from({ length: 40 }, (_, index) => uuidOf(1000 + index));
    await insertRows(
      database.knex,
      Task,
      ids.map((id) => ({ id, title: id })),
    );
    const records = await repo
      .query(Task)
      .filter({ id: { in: ids } })
      .read();
    const user = await repo.get(User, bob);
    const count = async (input: unknown, options: object): Promise<string> => {
      const changeset = repo
        .changeset(User, user)
        .forUpdate()
        .manageRelationship("tasks", input as never, options as never);
      const statements = await listStatements(repo, () => changeset.update());
      return statements.map((sql) => sql.replace(/^with .*? update /s, "update ").split(" ", 1)[0]).join(" ");
    };
    const lock = kind === "sqlite" ? "" : "select ";
    expect(await count(records.slice(0, 20), { type: "append" })).toBe("insert");
    expect(await count(ids, { type: "append" })).toBe("select insert");
    expect(await count(ids, { type: "remove" })).toBe(`${lock}select delete`);
    expect(await count(ids.slice(0, 2), { type: "append_and_remove" })).toBe(
      `${lock}select select delete insert`,
    );
    const created = (number: number) =>
      Array.from({ length: number }, (_, index) => ({ title: `new ${String(index)}`, role: "x" }));
    const changed = (number: number) =>
      ids
        .slice(0, number)
        .map((id) => ({ id, title: `changed ${String(number)}`, role: `y ${String(number)}` }));
    await manage(repo, bob, ids, { type: "append_and_remove" });
    const many = await count([...created(20), ...changed(20)], { type: "direct_control" });
    expect(many).toBe(`${lock}select delete delete insert update update insert`);
    expect(await repo.query(UserTask).filter({ userId: bob }).count()).toBe(40);
    expect(await count([...created(2), ...changed(2)], { type: "direct_control" })).toBe(many);
  });
});
