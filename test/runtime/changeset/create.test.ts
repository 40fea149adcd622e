import { describe, expect, it } from "vitest";
import { databaseKinds } from "../../databases/engines.js";
import { findRefusals, listStatements, useShop } from "../open-shop.js";
import { ada, Category, Comment, Task, User, UserTask, uuidOf, write, read } from "../shop.js";

describe.each(databaseKinds)("creating on %s", (kind) => {
  const shop = useShop(kind);

  it("gives the record as it is stored, an instance of its class", async () => {
    const { repo } = shop();
    const user = await repo.create(User, { email: "dan@example.org", name: "Dan" });
    expect(user).toBeInstanceOf(User);
    expect(user.label).toBe("Dan");
    expect(await repo.get(User, user.id)).toEqual(user);
  });

  it("takes one statement", async () => {
    const { repo } = shop();
    const statements = await listStatements(repo, () => repo.create(User, { email: "one@example.org" }));
    expect(statements).toHaveLength(1);
  });

  it("case 87: fills in defaults, and both timestamps are equal", async () => {
    const { repo } = shop();
    const task = await repo.create(Task, { title: "Plain" });
    expect(task).toMatchObject({
      views: 0n,
      price: "0.00",
      done: false,
      state: "open",
      meta: {},
      body: null,
    });
    const user = await repo.create(User, { email: "eve@example.org" });
    expect(user.insertedAt).toBeInstanceOf(Date);
    expect(user.updatedAt).toEqual(user.insertedAt);
  });

  it("case 87: takes an explicit null over a default, and refuses it where a value is required", async () => {
    const { repo } = shop();
    expect((await repo.create(Task, { title: "Bare", meta: null })).meta).toBeNull();
    const input = { title: null, done: null } as unknown as { title: string };
    expect(await findRefusals(() => repo.create(Task, input))).toEqual([
      "attribute.required at title",
      "attribute.required at done",
    ]);
  });

  it("counts keys that the database makes, and gives others", async () => {
    const { repo } = shop();
    const first = await repo.create(Category, { slug: "first", name: "First" });
    const second = await repo.create(Category, { slug: "second", name: "Second" });
    expect(second.id).toBe(first.id + 1);
    const task = await repo
      .changeset(Task)
      .forCreate({ title: "Mine" })
      .change({ id: uuidOf(77) })
      .create();
    expect(task.id).toBe(uuidOf(77));
  });

  it("stores and gives back every type of attribute", async () => {
    const { repo } = shop();
    const values = {
      title: "Ünï 🎈 'quoted' \"twice\"",
      body: "line\nline",
      points: -2147483648,
      views: 9007199254740993n,
      price: "-12.50",
      rating: 0.1,
      done: true,
      state: "closed",
      dueOn: "2024-02-29",
      startsAt: "23:59:59",
      doneAt: new Date("2026-02-27T10:00:00.123Z"),
      meta: { "a b": [1, null, { deep: true }] },
      seal: new Uint8Array([0, 1, 255]),
      labels: ["a,b", "{}", '"', ""],
    } as const;
    const task = await repo.create(Task, { ...values, labels: [...values.labels] });
    expect(task).toMatchObject(values);
    expect(await repo.get(Task, task.id)).toEqual(task);
    const empty = { body: null, points: null, rating: null, labels: null, seal: null, doneAt: null };
    expect(await repo.update(Task, task, empty)).toMatchObject(empty);
    const back = await repo.update(Task, await repo.get(Task, task.id), {
      ...values,
      labels: [...values.labels],
    });
    expect(await repo.get(Task, task.id)).toEqual(back);
    expect(back).toMatchObject(values);
  });

  it("sends nothing where the input is wrong, and tells everything at once", async () => {
    const { repo } = shop();
    const input = { email: 5, nmae: "x", insertedAt: new Date(), name: "y\0" } as unknown as {
      email: string;
    };
    const statements = await listStatements(repo, async () => {
      expect(await findRefusals(() => repo.create(User, input))).toEqual([
        "value.type.wrong at email",
        "input.unknown at nmae",
        "input.not_accepted at insertedAt",
        "value.text.nul at name",
      ]);
    });
    expect(statements).toEqual([]);
  });

  it.each([["__proto__"], ["constructor"], ["toString"], ["hasOwnProperty"]])(
    "case 86: refuses the key %s as any other that is unknown",
    async (key) => {
      const { repo } = shop();
      const input = JSON.parse(`{ "email": "x@example.org", "${key}": { "admin": true } }`) as {
        email: string;
      };
      expect(await findRefusals(() => repo.create(User, input))).toEqual([`input.unknown at ${key}`]);
      expect(await findRefusals(() => repo.createMany(User, [input]))).toEqual([`input.unknown at 0.${key}`]);
    },
  );

  it.each([[null], [5], [[]], [new Date()], [new Map()]])(
    "refuses %j as an input as a whole",
    async (input) => {
      const { repo } = shop();
      const wrong = input as unknown as { email: string };
      const changeset = repo.changeset(User).forCreate(wrong);
      expect(changeset.valid).toBe(false);
      expect(await findRefusals(() => repo.createMany(User, [wrong]))).toContain("input.invalid at 0");
    },
  );

  it("takes what is undefined as not given", async () => {
    const { repo } = shop();
    const input = { email: "und@example.org", name: undefined } as unknown as { email: string };
    expect((await repo.create(User, input)).name).toBeNull();
  });

  it("case 89: tells a key that is taken on its attribute, with the database's error as cause", async () => {
    const { repo } = shop();
    const refused = repo.create(User, { email: "ada@example.org" });
    await expect(refused).rejects.toMatchObject({
      issues: [{ code: "attribute.taken", path: ["email"], message: "email is taken already." }],
    });
    await expect(refused).rejects.toHaveProperty("cause");
  });

  it("case 89: names both attributes of a composite key", async () => {
    const { repo } = shop();
    expect(await findRefusals(() => repo.create(UserTask, { userId: ada, taskId: write }))).toEqual([
      "attribute.taken at userId",
      "attribute.taken at taskId",
    ]);
  });

  it("tells a reference to nothing on its attribute", async () => {
    const { repo } = shop();
    const missing = { userId: ada, taskId: uuidOf(99) };
    await expect(repo.create(UserTask, missing)).rejects.toMatchObject({
      issues: [
        { code: "reference.missing", path: ["taskId"], message: "There is no Task with this taskId." },
      ],
    });
    const answer = { body: "x", taskId: read, parentId: uuidOf(98) };
    expect(await findRefusals(() => repo.create(Comment, answer))).toEqual(["reference.missing at parentId"]);
    const task = { title: "x", categorySlug: "gone" };
    expect(await findRefusals(() => repo.create(Task, task))).toEqual(["reference.missing at categorySlug"]);
  });

  it("tells a reference to nothing inside a transaction, which SQLite can go on with", async () => {
    const { repo } = shop();
    const work = () =>
      repo.transaction((inner) => inner.create(UserTask, { userId: uuidOf(99), taskId: read }));
    expect(await findRefusals(work)).toEqual(["reference.missing at userId"]);
  });
});

describe.each(databaseKinds)("a changeset for a create on %s", (kind) => {
  const shop = useShop(kind);

  it("knows what is wrong before anything is sent", async () => {
    const { repo } = shop();
    const statements = await listStatements(repo, async () => {
      const changeset = repo.changeset(User).forCreate({} as { email: string });
      expect(changeset.valid).toBe(false);
      expect(changeset.errors).toEqual([
        {
          code: "attribute.required",
          path: ["email"],
          message: "email is required.",
          hint: "Give email of the User a value.",
        },
      ]);
      expect(await findRefusals(() => changeset.create())).toEqual(["attribute.required at email"]);
    });
    expect(statements).toEqual([]);
  });

  it("stays as it is when change gives another, which sets what the action does not accept", async () => {
    const { repo } = shop();
    const changeset = repo.changeset(User).forCreate({} as { email: string });
    const insertedAt = new Date("2020-01-01T00:00:00.000Z");
    const changed = changeset.change({ email: "fay@example.org", insertedAt });
    expect([changeset.valid, changed.valid]).toEqual([false, true]);
    expect(await changed.create()).toMatchObject({ email: "fay@example.org", insertedAt });
    expect(changeset.valid).toBe(false);
  });

  it("casts what change sets, and tells what it cannot be", () => {
    const { repo } = shop();
    const wrong = { done: "yes" } as unknown as { done: boolean };
    const changeset = repo.changeset(Task).forCreate({ title: "x" }).change(wrong);
    expect(changeset.errors.map(({ code, path }) => `${code} at ${path.join(".")}`)).toEqual([
      "value.type.wrong at done",
    ]);
  });
});
