import { describe, expect, it } from "vitest";
import { InvalidError } from "../../../src/runtime/index.js";
import { databaseKinds } from "../../databases/engines.js";
import { findRefusals, listStatements, useShop } from "../open-shop.js";
import {
  ada,
  bob,
  Category,
  cem,
  Comment,
  read,
  rest,
  Task,
  User,
  UserTask,
  uuidOf,
  write,
} from "../shop.js";

describe.each(databaseKinds)("creating many on %s", (kind) => {
  const shop = useShop(kind);
  let count = 0;
  const email = (): string => `many${String((count += 1))}@example.org`;
  const emails = (number: number) => Array.from({ length: number }, () => ({ email: email() }));

  it("case 93: takes one statement for a batch, and gives records in the order of the inputs", async () => {
    const { repo } = shop();
    const inputs = emails(5);
    const statements = await listStatements(repo, async () => {
      const { records, outcomes } = await repo.createMany(User, inputs);
      expect(records.map((record) => record.email)).toEqual(inputs.map((input) => input.email));
      expect(records[0]).toBeInstanceOf(User);
      expect(outcomes.map(({ status }) => status)).toEqual(Array(5).fill("created"));
      expect(records[0]?.updatedAt).toEqual(records[4]?.insertedAt);
    });
    expect(statements).toHaveLength(1);
    const batches = await listStatements(repo, () => repo.createMany(User, emails(5), { batchSize: 2 }));
    expect(batches.filter((sql) => sql.startsWith("insert"))).toHaveLength(3);
  });

  it("writes rows that give different attributes, and none at all", async () => {
    const { repo } = shop();
    const { records } = await repo.createMany(Task, [
      { title: "A" },
      { title: "B", points: 3 },
      { title: "C", body: null },
      { title: "D", points: 4 },
    ]);
    expect(records.map(({ title, points }) => `${title} ${String(points)}`)).toEqual([
      "A null",
      "B 3",
      "C null",
      "D 4",
    ]);
    expect(await repo.createMany(Task, [])).toEqual({ records: [], outcomes: [] });
  });

  it("case 93: refuses everything for one wrong input, each issue with its place, and sends nothing", async () => {
    const { repo } = shop();
    const wrong = { name: "x", nmae: 1 } as unknown as { email: string };
    const statements = await listStatements(repo, async () => {
      const refused = await findRefusals(() => repo.createMany(User, [{ email: email() }, wrong]));
      expect(refused).toEqual(["input.unknown at 1.nmae", "attribute.required at 1.email"]);
    });
    expect(statements).toEqual([]);
  });

  it("case 93: writes nothing where the database refuses one, and says which", async () => {
    const { repo } = shop();
    const before = await repo.query(User).count();
    const inputs = [...emails(2), { email: "ada@example.org" }, ...emails(1), { email: "bob@example.org" }];
    expect(await findRefusals(() => repo.createMany(User, inputs))).toEqual([
      "attribute.taken at 2.email",
      "attribute.taken at 4.email",
    ]);
    const twice = email();
    expect(await findRefusals(() => repo.createMany(User, [{ email: twice }, { email: twice }]))).toEqual([
      "attribute.taken at 1.email",
    ]);
    expect(await findRefusals(() => repo.createMany(User, [{ email: "ada@example.org" }]))).toEqual([
      "attribute.taken at 0.email",
    ]);
    expect(await findRefusals(() => repo.createMany(User, inputs, { batchSize: 2 }))).toEqual([
      "attribute.taken at 2.email",
    ]);
    expect(await repo.query(User).count()).toBe(before);
  });

  it("says which rows refer to nothing", async () => {
    const { repo } = shop();
    const inputs = [
      { userId: cem, taskId: rest },
      { userId: cem, taskId: uuidOf(99) },
      { userId: uuidOf(98), taskId: rest },
    ];
    expect(await findRefusals(() => repo.createMany(UserTask, inputs))).toEqual([
      "reference.missing at 1.taskId",
      "reference.missing at 2.userId",
    ]);
  });

  it("leaves the transaction around it usable where it fails", async () => {
    const { repo } = shop();
    const kept = email();
    await repo.transaction(async (inner) => {
      const inputs = [{ email: email() }, { email: "ada@example.org" }];
      expect(await findRefusals(() => inner.createMany(User, inputs))).toEqual([
        "attribute.taken at 1.email",
      ]);
      await inner.create(User, { email: kept });
    });
    expect(await repo.query(User).filter({ email: kept }).exists()).toBe(true);
  });

  it("case 93: collects what was made and what was not", async () => {
    const { repo } = shop();
    const inputs = [
      { email: email() },
      { email: "ada@example.org" },
      { nmae: "x" } as unknown as { email: string },
      { email: email() },
    ];
    const { records, outcomes } = await repo.createMany(User, inputs, { onError: "collect" });
    expect(records).toHaveLength(2);
    expect(
      outcomes.map((outcome) =>
        "errors" in outcome
          ? outcome.errors.map(({ code, path }) => `${code} ${path.join(".")}`)
          : outcome.status,
      ),
    ).toEqual([
      "created",
      ["attribute.taken email"],
      ["input.unknown nmae", "attribute.required email"],
      "created",
    ]);
  });

  it("collects in few statements, however many rows there are", async () => {
    const { repo } = shop();
    const inputs = emails(200);
    inputs.splice(77, 0, { email: "bob@example.org" });
    const statements = await listStatements(repo, async () => {
      const { records } = await repo.createMany(User, inputs, { onError: "collect" });
      expect(records).toHaveLength(200);
    });
    expect(statements.length).toBeLessThan(10);
  });

  it("case 84: leaves out what is there already, and tells", async () => {
    const { repo } = shop();
    const inputs = [
      { userId: ada, taskId: write },
      { userId: bob, taskId: rest },
      { userId: bob, taskId: rest },
      { userId: cem, taskId: read, role: "x" },
    ];
    const { outcomes, records } = await repo.createMany(UserTask, inputs, { onDuplicate: "ignore" });
    expect(outcomes.map(({ status }) => status)).toEqual(["skipped", "created", "skipped", "created"]);
    expect(records.map(({ userId }) => userId)).toEqual([bob, cem]);
    expect(records[1]?.role).toBe("x");
  });

  it("leaves out what is there by another key than the primary one, which the database counts", async () => {
    const { repo } = shop();
    const inputs = ["desk", "x", "none", "y"].map((slug) => ({ slug, name: slug }));
    const { outcomes, records } = await repo.createMany(Category, inputs, { onDuplicate: "ignore" });
    expect(outcomes.map(({ status }) => status)).toEqual(["skipped", "created", "skipped", "created"]);
    expect(records.map(({ slug }) => slug)).toEqual(["x", "y"]);
    expect(await repo.get(Category, records[1]?.id ?? 0)).toMatchObject({ slug: "y" });
  });

  it("case 88: updates what is there by an identity, by what each input gives", async () => {
    const { repo } = shop();
    const inputs = [
      { email: "ada@example.org", name: "Countess" },
      { email: "upsert@example.org", name: "New" },
      { email: "bob@example.org" },
    ];
    const onDuplicate = { identity: "uniqueEmail" } as const;
    const { outcomes, records } = await repo.createMany(User, inputs, { onDuplicate });
    expect(outcomes.map(({ status }) => status)).toEqual(["updated", "created", "updated"]);
    expect(records.map(({ name }) => name)).toEqual(["Countess", "New", "Bob"]);
    expect(records[0]?.id).toBe(ada);
  });

  it("refuses the same key twice in an upsert", async () => {
    const { repo } = shop();
    const twice = { email: email() };
    const onDuplicate = { identity: "uniqueEmail" } as const;
    expect(await findRefusals(() => repo.createMany(User, [twice, twice], { onDuplicate }))).toEqual([
      "input.repeated at 1.email",
    ]);
  });

  it("refuses options that would never end or mean nothing", async () => {
    const { repo } = shop();
    expect(await findRefusals(() => repo.createMany(User, emails(1), { batchSize: 0 }))).toEqual([
      "create_many.option.invalid",
    ]);
    const options = { onDuplicate: "skip", onError: "ignore" } as unknown as { onError: "throw" };
    expect(await findRefusals(() => repo.createMany(User, emails(1), options))).toEqual([
      "create_many.option.invalid",
      "create_many.option.invalid",
    ]);
  });

  it("writes more rows than SQLite takes bindings for", async () => {
    const { repo } = shop();
    const inputs = Array.from({ length: 9000 }, (_, index) => ({ body: `${String(index)}`, taskId: rest }));
    const { records } = await repo.createMany(Comment, inputs);
    expect(records).toHaveLength(9000);
    expect(records[8999]?.body).toBe("8999");
    const wrong = [...inputs, { body: "x", taskId: uuidOf(99) }];
    await expect(repo.createMany(Comment, wrong)).rejects.toThrow(InvalidError);
    expect(await findRefusals(() => repo.createMany(Comment, wrong))).toEqual([
      "reference.missing at 9000.taskId",
    ]);
  });
});

describe.each(databaseKinds)("an upsert on %s", (kind) => {
  const shop = useShop(kind);

  it("case 88: keeps what made the record and touches what was updated", async () => {
    const { repo } = shop();
    const first = await repo.create(User, { email: "up@example.org", name: "Old" });
    const second = await repo.upsert(
      User,
      { email: "up@example.org", name: "New" },
      { identity: "uniqueEmail" },
    );
    expect(second).toMatchObject({ id: first.id, name: "New", insertedAt: first.insertedAt });
    expect(second.updatedAt.getTime()).toBeGreaterThanOrEqual(first.updatedAt.getTime());
    const third = await repo.upsert(User, { email: "up@example.org" }, { identity: "uniqueEmail" });
    expect(third).toMatchObject({ id: first.id, name: "New" });
  });

  it("takes one statement", async () => {
    const { repo } = shop();
    const upsert = () => repo.upsert(User, { email: "one@example.org" }, { identity: "uniqueEmail" });
    expect(await listStatements(repo, upsert)).toHaveLength(1);
    expect(await listStatements(repo, upsert)).toHaveLength(1);
  });

  it("updates the named fields only, and not what only a default gives", async () => {
    const { repo } = shop();
    await repo.create(User, { email: "f@example.org", name: "Old" });
    const options = { identity: "uniqueEmail", fields: [] } as const;
    expect((await repo.upsert(User, { email: "f@example.org", name: "New" }, options)).name).toBe("Old");
    const join = { userId: cem, taskId: rest, role: "x" };
    await repo.upsert(UserTask, join, { identity: "primaryKey" });
    const again = await repo.upsert(UserTask, { ...join, role: "y" }, { identity: "primaryKey" });
    expect(again.role).toBe("y");
    expect(await repo.query(UserTask).filter({ userId: cem }).count()).toBe(1);
  });

  it("knows no identity and no field that is not there", async () => {
    const { repo } = shop();
    const wrong = { identity: "uniqueEmial" } as unknown as { identity: "uniqueEmail" };
    await expect(repo.upsert(User, { email: "x@example.org" }, wrong)).rejects.toThrow(
      'User has no identity "uniqueEmial". Did you mean uniqueEmail?',
    );
    const fields = { identity: "uniqueEmail", fields: ["nmae"] } as unknown as { identity: "uniqueEmail" };
    expect(await findRefusals(() => repo.upsert(User, { email: "x@example.org" }, fields))).toEqual([
      "attribute.unknown",
    ]);
  });

  it("tells another key that is taken", async () => {
    const { repo } = shop();
    const user = await repo.get(User, bob);
    const changeset = repo.changeset(User).forCreate({ email: "ada@example.org" }).change({ id: user.id });
    expect(await findRefusals(() => changeset.create())).toHaveLength(1);
  });
});
