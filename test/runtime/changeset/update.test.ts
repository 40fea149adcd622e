import { describe, expect, it } from "vitest";
import { NotFoundError, StaleRecordError } from "../../../src/runtime/index.js";
import { databaseKinds } from "../../databases/engines.js";
import { findRefusals, listStatements, useShop } from "../open-shop.js";
import { Category, Comment, Profile, Task, User, UserTask, uuidOf, write, read, ada, bob } from "../shop.js";

describe.each(databaseKinds)("updating on %s", (kind) => {
  const shop = useShop(kind);
  let count = 0;
  const makeUser = () =>
    shop().repo.create(User, { email: `user${String((count += 1))}@example.org`, name: "Old" });

  it("gives a new record with what changed and what was loaded, and leaves the old one", async () => {
    const { repo } = shop();
    const user = await repo.query(User).load("tasks").get(bob);
    const changed = await repo.update(User, user, { name: "Robert" });
    expect(changed).toBeInstanceOf(User);
    expect([user.name, changed.name]).toEqual(["Bob", "Robert"]);
    expect(changed.tasks.map(({ id }) => id)).toEqual([read]);
  });

  it("moves updatedAt, and only where something changes", async () => {
    const { repo } = shop();
    const user = await repo.get(User, ada);
    const changed = await repo.update(User, user, { name: "Countess" });
    expect(changed.updatedAt.getTime()).toBeGreaterThan(user.updatedAt.getTime());
    expect(changed.insertedAt).toEqual(user.insertedAt);
    const statements = await listStatements(repo, async () => {
      expect(await repo.update(User, changed, { name: "Countess" })).toEqual(changed);
    });
    expect(statements).toEqual([]);
  });

  it("sends nothing for values that are the same in other words", async () => {
    const { repo } = shop();
    const task = await repo.get(Task, write);
    const same = {
      price: "012.5",
      doneAt: new Date("2026-02-27T10:00:00.123Z"),
      meta: { tags: ["a"] },
      seal: new Uint8Array([0, 255]),
      labels: ["red", "blue"],
    };
    expect(await listStatements(repo, () => repo.update(Task, task, same))).toEqual([]);
  });

  it("takes an explicit null, and refuses it where a value is required", async () => {
    const { repo } = shop();
    const user = await makeUser();
    expect((await repo.update(User, user, { name: null })).name).toBeNull();
    const wrong = { email: null } as unknown as { email: string };
    expect(await findRefusals(() => repo.update(User, user, wrong))).toEqual(["attribute.required at email"]);
  });

  it("says when the row is gone", async () => {
    const { repo } = shop();
    const user = await makeUser();
    await repo.destroy(User, user);
    await expect(repo.update(User, user, { name: "New" })).rejects.toThrow(StaleRecordError);
    await expect(repo.destroy(User, user)).rejects.toThrow(StaleRecordError);
    await expect(repo.destroy(User, user)).rejects.toThrow(
      `The User with id "${user.id}" was not destroyed: it is gone, or was changed since it was read.`,
    );
  });

  it("changes records of which only a part was read", async () => {
    const { repo } = shop();
    const { id } = await makeUser();
    const part = await repo.query(User).select("name").get(id);
    const changed = await repo.update(User, part, { name: "New" });
    expect(changed.name).toBe("New");
    expect(await repo.update(User, part, { email: "part@example.org" })).toMatchObject({
      email: "part@example.org",
    });
  });

  it("keeps the primary key, unless change says otherwise", async () => {
    const { repo } = shop();
    const user = await makeUser();
    const input = { id: uuidOf(500) } as unknown as { name: string };
    expect(await findRefusals(() => repo.update(User, user, input))).toEqual(["input.not_accepted at id"]);
    const moved = await repo
      .changeset(User, user)
      .forUpdate({})
      .change({ id: uuidOf(500) })
      .update();
    expect(moved.id).toBe(uuidOf(500));
    await expect(repo.get(User, user.id)).rejects.toThrow(NotFoundError);
  });

  it("case 89: tells a key that is taken, and a reference to nothing", async () => {
    const { repo } = shop();
    const user = await makeUser();
    expect(await findRefusals(() => repo.update(User, user, { email: "ada@example.org" }))).toEqual([
      "attribute.taken at email",
    ]);
    const comment = await repo.get(Comment, uuidOf(22));
    expect(await findRefusals(() => repo.update(Comment, comment, { authorId: uuidOf(99) }))).toEqual([
      "reference.missing at authorId",
    ]);
  });

  it("changes composite keys' other attributes", async () => {
    const { repo } = shop();
    const join = await repo.get(UserTask, { userId: ada, taskId: write });
    expect((await repo.update(UserTask, join, { role: "guest" })).role).toBe("guest");
  });

  it("case 86: names what is accepted, what may be meant, and what exists but is not accepted", async () => {
    const { repo } = shop();
    const user = await makeUser();
    const input = { nmae: "x", insertedAt: new Date(), zzz: 1 } as unknown as { name: string };
    const { errors } = repo.changeset(User, user).forUpdate(input);
    expect(errors.map(({ code, message, hint }) => [code, message, hint])).toEqual([
      [
        "input.unknown",
        '"nmae" is nothing that the action "update" of User knows.',
        "Did you mean name? It accepts email, name.",
      ],
      [
        "input.not_accepted",
        'User has the attribute "insertedAt", but its action "update" does not accept it.',
        "It accepts email, name. Add insertedAt to its accept, or set it by change({ insertedAt: … }).",
      ],
      [
        "input.unknown",
        '"zzz" is nothing that the action "update" of User knows.',
        "It accepts email, name.",
      ],
    ]);
  });
});

describe.each(databaseKinds)("destroying on %s", (kind) => {
  const shop = useShop(kind);

  it("gives the record as it was", async () => {
    const { repo } = shop();
    const user = await repo.create(User, { email: "gone@example.org" });
    expect(await repo.destroy(User, user)).toMatchObject({ email: "gone@example.org" });
    expect(await repo.query(User).filter({ id: user.id }).exists()).toBe(false);
  });

  it("case 94: says who still refers to the record, by the name of the relationship", async () => {
    const { repo } = shop();
    const category = await repo.query(Category).filter({ slug: "desk" }).readOneOrThrow();
    await expect(repo.destroy(Category, category)).rejects.toMatchObject({
      issues: [
        {
          code: "reference.held",
          path: ["tasks"],
          message: "Task records still refer to this Category.",
        },
      ],
    });
    expect(await repo.query(Task).filter({ categorySlug: "desk" }).count()).toBe(2);
  });

  it("takes along what is declared to go along", async () => {
    const { repo } = shop();
    await repo.destroy(User, await repo.get(User, ada));
    expect(await repo.query(Profile).filter({ userId: ada }).count()).toBe(0);
    expect(
      await repo
        .query(Comment)
        .filter({ id: uuidOf(21) })
        .readOneOrThrow(),
    ).toMatchObject({ authorId: null });
  });
});
