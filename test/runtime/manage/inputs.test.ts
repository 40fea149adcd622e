import { describe, expect, it } from "vitest";
import { isAshlarError, type ManageOptions } from "../../../src/runtime/index.js";
import { InvalidError } from "../../../src/runtime/errors/errors.js";
import { databaseKinds } from "../../databases/engines.js";
import { findRefusals } from "../open-shop.js";
import { ada, bob, cem, read, rest, Task, User, UserTask, uuidOf, write } from "../shop.js";
import { listJoins, listTasks, manage, useFreshShop } from "./fresh-shop.js";

const replace = { type: "append_and_remove" } as const;

describe.each(databaseKinds)("the inputs of a managed relationship on %s", (kind) => {
  const shop = useFreshShop(kind);

  const task = (id: string): Promise<Task> => shop().repo.get(Task, id);

  it("case 69: are ids, objects, records, mixed, one instead of a list, nothing", async () => {
    const { repo } = shop();
    const titles = async (input: unknown): Promise<string> =>
      listTasks(await manage(repo, cem, input, replace)).join(", ");
    expect(await titles([rest, { id: write, role: "x" }, await task(read)])).toBe("Rest -, Write x, Read -");
    expect(await titles(write)).toBe("Write x");
    expect(await titles({ id: rest })).toBe("Rest -");
    expect(await titles(await task(read))).toBe("Read -");
    expect(await titles(null)).toBe("");
    expect(await titles({ 10: rest, 9: write })).toBe("Write -, Rest -");
    expect(await titles(["", write, ""])).toBe("Write -");
    expect(await titles("")).toBe("");
    expect(await titles([write.toUpperCase(), { id: write }, await task(write)])).toBe("Write -");
    expect(await titles([])).toBe("");
  });

  it("case 73: of a record, its join row counts where joinKeys say so", async () => {
    const { repo } = shop();
    const loaded = await repo.query(User).load("tasks").get(ada);
    const owned = loaded.tasks.find(({ id }) => id === write);
    await manage(repo, cem, [owned], { type: "append" });
    expect(await listJoins(repo)).toContain("Cem Write -");
    await manage(repo, bob, [owned], { type: "append", joinKeys: ["role"] });
    expect(await listJoins(repo)).toContain("Bob Write owner");
    expect(owned?.$join).toMatchObject({ userId: ada, role: "owner", position: 2 });
  });

  it("take from joinKeys what goes to the join row, and leave the rest to the record", async () => {
    const { repo } = shop();
    const inputs = [{ title: "New", role: "x" }];
    expect(
      await findRefusals(() => manage(repo, ada, inputs, { onNoMatch: "create", joinKeys: ["position"] })),
    ).toEqual(["input.unknown at tasks.0.role"]);
    const listed = { onNoMatch: "create", joinKeys: ["role", "position"] } as const;
    await manage(repo, ada, [{ title: "New", role: "x", position: 7 }], listed);
    const [row] = await repo.query(UserTask).filter({ role: "x" }).read();
    expect(row?.position).toBe(7);
  });

  it("keep their order in orderIsKey: on the join row, of what stays too where they are the whole list", async () => {
    const { repo } = shop();
    const list = async (input: unknown, options: ManageOptions): Promise<unknown[]> => {
      await manage(repo, ada, input, { ...options, orderIsKey: "position" });
      const rows = await repo.query(UserTask).filter({ userId: ada }).sort("position", "taskId").read();
      return rows.map(({ taskId, position, role }) => [taskId, position, role]);
    };
    expect(await list([rest, { id: write, role: "x" }, await task(read)], replace)).toEqual([
      [rest, 0, null],
      [write, 1, "owner"],
      [read, 2, null],
    ]);
    expect(await list([{ id: read, role: "x" }, write], { ...replace, onMatch: "update_join" })).toEqual([
      [read, 0, "x"],
      [write, 1, "owner"],
    ]);
    expect(await list([rest, read], { type: "append" })).toEqual([
      [read, 0, "x"],
      [rest, 0, null],
      [write, 1, "owner"],
    ]);
  });

  it("are recognised by the keys that useIdentities names, by all of them otherwise", async () => {
    const { repo } = shop();
    const follow = (input: unknown, options: ManageOptions) => manage(repo, cem, input, options, "following");
    await follow([{ email: "bob@example.org" }], { type: "append" });
    expect(
      await repo
        .query(User)
        .filter({ followers: { id: cem } })
        .count(),
    ).toBe(1);
    const byKey = { onMatch: "unrelate", onNoMatch: "error", useIdentities: ["primaryKey"] } as const;
    expect(await findRefusals(() => follow([{ email: "bob@example.org" }], byKey))).toEqual([
      "record.not_found at following.0",
    ]);
    await follow([{ id: uuidOf(99), email: "bob@example.org" }], {
      ...byKey,
      useIdentities: ["uniqueEmail"],
    });
    expect(
      await repo
        .query(User)
        .filter({ followers: { id: cem } })
        .count(),
    ).toBe(0);
  });

  it("case 85: one that matches by an identity what is related already is related once, without an error", async () => {
    const { repo } = shop();
    const follow = (options: ManageOptions) =>
      manage(repo, bob, [{ email: "ada@example.org" }], options, "following");
    for (const options of [
      { type: "append" },
      replace,
      { onLookup: "relate", onMatch: "update_join" },
    ] as const) {
      await follow(options);
    }
    expect(
      await repo
        .query(User)
        .filter({ followers: { id: bob } })
        .read(),
    ).toMatchObject([{ id: ada }]);
    expect(await findRefusals(() => follow({ type: "append", onDuplicate: "error" }))).toEqual([
      "relationship.exists at following.0",
    ]);
  });

  it("case 84: the same twice, by whichever key, or what is there already, is one row and no error", async () => {
    const { repo } = shop();
    const inputs = [ada, { email: "ada@example.org" }, { id: ada }, await repo.get(User, ada), cem];
    await manage(repo, bob, inputs, { type: "append" }, "following");
    expect(
      await repo
        .query(User)
        .filter({ followers: { id: bob } })
        .count(),
    ).toBe(2);
    const refusals = await findRefusals(() =>
      manage(repo, cem, inputs, { type: "append", onDuplicate: "error" }, "following"),
    );
    expect(refusals).toEqual([
      "relationship.exists at following.1",
      "relationship.exists at following.2",
      "relationship.exists at following.3",
    ]);
    const direct = [{ email: "x@example.org" }, { email: "x@example.org", name: "X" }];
    await manage(repo, bob, direct, { onNoMatch: "create" }, "following");
    expect(await repo.query(User).filter({ email: "x@example.org" }).count()).toBe(1);
  });

  it.each<[string, unknown, string]>([
    ["an object as a key value", { id: { not: null } }, "value.type.wrong at tasks.id"],
    ["a list as a key value", [{ id: [write, read] }], "value.type.wrong at tasks.0.id"],
    ["a nested list", [[write]], "relationship.record.wrong at tasks.0"],
    ["null in a list", [null], "relationship.input.invalid at tasks.0"],
    ["true", true, "relationship.input.invalid at tasks"],
    ["a number", [7], "value.type.wrong at tasks.0.id"],
    ["a function", [() => write], "relationship.input.invalid at tasks.0"],
    ["no uuid", ["x' or 1=1 --"], "value.uuid.malformed at tasks.0.id"],
    ["NUL", [`${write}\0`], "value.uuid.malformed at tasks.0.id"],
    ["a name that is nobody's", [{ id: write, rol: "x" }], "input.unknown at tasks.0.rol"],
    [
      "__proto__",
      [JSON.parse(`{"id":"${write}","__proto__":{"role":"x"}}`)],
      "input.unknown at tasks.0.__proto__",
    ],
    ["constructor", [{ id: write, constructor: 1 }], "input.unknown at tasks.0.constructor"],
    ["nothing to find by", [{ role: "x" }], "relationship.key.missing at tasks.0"],
    ["keys that hardly count", { 0: write, x: read }, "input.unknown at tasks.0 input.unknown at tasks.x"],
  ])("refuse %s", async (_, input, expected) => {
    const { repo } = shop();
    const refusals = await findRefusals(() => manage(repo, ada, input, replace));
    expect(refusals.join(" ").replaceAll(/attribute\.[a-z_.]+ at/g, "value.type.wrong at")).toBe(expected);
    expect(await listJoins(repo)).toHaveLength(3);
  });

  it("case 83: an object, a list or an operator as a key value matches nothing and leaks nothing", async () => {
    const { repo } = shop();
    const forms: unknown[] = [
      { not: null },
      { gte: "" },
      { like: "%" },
      [write],
      [],
      {},
      true,
      Number.POSITIVE_INFINITY,
      { toString: 1 },
    ];
    for (const type of ["append", "append_and_remove", "remove", "direct_control"] as const) {
      for (const id of forms) {
        const input: unknown = JSON.parse(JSON.stringify([{ id }]));
        const error: unknown = await manage(repo, ada, input, { type }).catch((caught: unknown) => caught);
        if (!(error instanceof InvalidError)) {
          // Infinity is null in JSON, which is no key.
          expect(id).toBe(Infinity);
          continue;
        }
        expect(error.issues[0]?.path.slice(0, 2)).toEqual(["tasks", 0]);
        expect(error.message).not.toMatch(/Write|Read|owner/);
      }
    }
    expect(await listJoins(repo)).toHaveLength(3);
    expect(await repo.query(Task).count()).toBe(3);
  });

  it("may be records that are gone by now: told at their places", async () => {
    const { repo } = shop();
    const gone = await repo.get(Task, rest);
    await repo.destroy(Task, gone);
    const inputs = [await task(write), gone];
    expect(await findRefusals(() => manage(repo, cem, inputs, { type: "append" }))).toEqual([
      "reference.missing at tasks.1.taskId",
    ]);
    expect(await listJoins(repo)).toHaveLength(3);
  });

  it("case 77: a record of another resource is refused; an unknown relationship too", async () => {
    const { repo } = shop();
    const user = await repo.get(User, bob);
    expect(await findRefusals(() => manage(repo, ada, [write, user], replace))).toEqual([
      "relationship.record.wrong at tasks.1",
    ]);
    expect(await findRefusals(() => manage(repo, ada, [], replace, "taskz" as never))).toHaveLength(1);
    expect(await listJoins(repo)).toHaveLength(3);
  });

  it("may be 65,536 ids, and may be deep, and nothing breaks", async () => {
    const { repo } = shop();
    const ids = Array.from({ length: 65_536 }, (_, index) => uuidOf(index + 1000));
    const error: unknown = await manage(repo, ada, [write, ...ids], { type: "append" }).catch(
      (caught: unknown) => caught,
    );
    if (!(error instanceof InvalidError)) throw error;
    expect(error.issues).toHaveLength(65_536);
    expect(error.issues[0]?.path).toEqual(["tasks", 1]);
    const user = await manage(repo, ada, ids, { ...replace, onNoMatch: "ignore" });
    expect(listTasks(user)).toEqual([]);
    const deep: unknown = JSON.parse(`${"[".repeat(5000)}${"]".repeat(5000)}`);
    expect(await findRefusals(() => manage(repo, ada, deep, replace))).toEqual([
      "relationship.record.wrong at tasks.0",
    ]);
    expect(
      await findRefusals(() => manage(repo, ada, { meta: deep, title: "Deep" }, { type: "create" })),
    ).toHaveLength(1);
  });

  it.each<[object, string]>([
    [{}, "manage.type.missing"],
    [{ type: "apend" }, "manage.type.unknown"],
    [{ type: "toString" }, "manage.type.unknown"],
    [{ onMatch: "x", onMissing: "y" }, "manage.answer.unknown manage.answer.unknown"],
    [{ type: "append", useIdentities: ["uniqueEmail"] }, "identity.unknown"],
    [
      { type: "append", joinKeys: ["rol"], orderIsKey: "x", valueIsKey: "y" },
      "manage.attribute.unknown manage.attribute.unknown manage.attribute.unknown",
    ],
  ])("are read by options, whose mistakes are told: %o", async (options, codes) => {
    const error: unknown = await manage(shop().repo, ada, [write], options).catch(
      (caught: unknown) => caught,
    );
    expect(isAshlarError(error) && error.problems.map(({ code }) => code).join(" ")).toBe(codes);
  });
});
