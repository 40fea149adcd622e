import { describe, expect, it } from "vitest";
import type { ManageOptions } from "../../../src/runtime/index.js";
import { databaseKinds } from "../../databases/engines.js";
import { findRefusals } from "../open-shop.js";
import {
  ada,
  bob,
  Category,
  Comment,
  insertRows,
  Profile,
  rest,
  Task,
  User,
  uuidOf,
  write,
} from "../shop.js";
import { manage, useFreshShop } from "./fresh-shop.js";

describe.each(databaseKinds)("a managed belongsTo on %s", (kind) => {
  const shop = useFreshShop(kind);

  /** "Write" is at the desk, "Rest" has no category. */
  async function manageCategory(id: string, input: unknown, options: ManageOptions): Promise<string> {
    const { repo } = shop();
    const task = await repo.get(Task, id);
    const changeset = repo.changeset(Task, task).forUpdate();
    const managed = changeset.manageRelationship("category", input as never, options as never);
    const record: object = await managed.update();
    const loaded = Object.hasOwn(record, "category")
      ? (record as { category: Category | null }).category
      : undefined;
    const stored = await repo.get(Task, id);
    expect((record as Task).categorySlug).toBe(stored.categorySlug);
    if (loaded !== undefined) expect(loaded?.slug ?? null).toBe(stored.categorySlug);
    return stored.categorySlug ?? "none of them";
  }

  async function listCategories(): Promise<string> {
    const all = await shop().repo.query(Category).sort("slug").read();
    return all.map(({ slug, name }) => `${slug}: ${name}`).join(", ");
  }

  const both = "desk: At the desk, none: Empty";

  it.each<[string, string, unknown, ManageOptions, string, string]>([
    ["append", rest, { slug: "desk" }, { type: "append" }, "desk", both],
    ["append over another", write, { slug: "none" }, { type: "append" }, "none", both],
    ["append of nothing", write, null, { type: "append" }, "desk", both],
    ["append_and_remove", write, { slug: "none" }, { type: "append_and_remove" }, "none", both],
    [
      "case 81: append_and_remove of nothing",
      write,
      null,
      { type: "append_and_remove" },
      "none of them",
      both,
    ],
    [
      "append_and_remove of nothing from nothing",
      rest,
      null,
      { type: "append_and_remove" },
      "none of them",
      both,
    ],
    ["append_and_remove of an empty text", write, "", { type: "append_and_remove" }, "none of them", both],
    ["remove", write, { slug: "desk" }, { type: "remove" }, "none of them", both],
    [
      "direct_control that updates",
      write,
      { slug: "desk", name: "Table" },
      { type: "direct_control" },
      "desk",
      "desk: Table, none: Empty",
    ],
    [
      "direct_control that replaces",
      rest,
      { slug: "new", name: "New" },
      { type: "direct_control" },
      "new",
      "desk: At the desk, new: New, none: Empty",
    ],
    [
      "create",
      rest,
      { slug: "new", name: "New" },
      { type: "create" },
      "new",
      `desk: At the desk, new: New, none: Empty`,
    ],
    ["create of what is related", write, { slug: "desk", name: "x" }, { type: "create" }, "desk", both],
    [
      "relate_and_update",
      rest,
      { slug: "desk", name: "Table" },
      { onLookup: "relate_and_update" },
      "desk",
      "desk: Table, none: Empty",
    ],
    [
      "lookup or create",
      rest,
      { slug: "new", name: "New" },
      { onLookup: "relate", onNoMatch: "create" },
      "new",
      "desk: At the desk, new: New, none: Empty",
    ],
    ["onNoMatch ignore", write, { slug: "x" }, { onLookup: "relate", onNoMatch: "ignore" }, "desk", both],
    ["onMatch unrelate", write, { slug: "desk" }, { onMatch: "unrelate" }, "none of them", both],
    ["onMissing ignore", write, null, { onMatch: "error", onMissing: "ignore" }, "desk", both],
    ["valueIsKey", rest, "desk", { type: "append", valueIsKey: "slug" }, "desk", both],
    ["a list of one", rest, [{ slug: "desk" }], { type: "append" }, "desk", both],
    ["a form's list of one", rest, { 0: { slug: "desk" } }, { type: "append" }, "desk", both],
  ])("%s", async (_, ...[id, input, options, expected, categories]) => {
    expect(await manageCategory(id, input, options)).toBe(expected);
    expect(await listCategories()).toBe(categories);
  });

  it("onMatch and onMissing destroy take the record, once nothing refers to it", async () => {
    const { repo, database } = shop();
    await insertRows(database.knex, Category, [
      { slug: "one", name: "One" },
      { slug: "two", name: "Two" },
    ]);
    await repo.update(Task, await repo.get(Task, write), { categorySlug: "one" });
    await repo.update(Task, await repo.get(Task, rest), { categorySlug: "two" });
    expect(await manageCategory(write, null, { onMissing: "destroy" })).toBe("none of them");
    expect(await manageCategory(rest, { slug: "two" }, { onMatch: "destroy" })).toBe("none of them");
    expect(await listCategories()).toBe(both);
  });

  it.each<[string, unknown, ManageOptions, string]>([
    ["what is not there", { slug: "x" }, { type: "append" }, "record.not_found at category"],
    ["what is not there, in a list", [{ slug: "x" }], { type: "append" }, "record.not_found at category.0"],
    ["two", [{ slug: "desk" }, { slug: "none" }], { type: "append" }, "relationship.too_many at category"],
    ["what is related", { slug: "desk" }, { onMatch: "error" }, "relationship.exists at category"],
    ["what is missing", null, { onMissing: "error" }, "relationship.missing at category"],
    ["what is not related", { slug: "none" }, { type: "remove" }, "record.not_found at category"],
    [
      "no record",
      new User({ id: ada } as never),
      { type: "append" },
      "relationship.record.wrong at category",
    ],
    [
      "a new one that lacks something",
      { slug: "x" },
      { type: "create" },
      "attribute.required at category.name",
    ],
  ])("refuses %s and writes nothing", async (_, input, options, refusal) => {
    expect(await findRefusals(() => manageCategory(write, input, options))).toEqual([refusal]);
    expect((await shop().repo.get(Task, write)).categorySlug).toBe("desk");
    expect(await listCategories()).toBe(both);
  });

  it("case 82: a required one that is missing is told; one that is made on the way is enough", async () => {
    const { repo } = shop();
    const draft = repo.changeset(Comment).forCreate({ body: "Hm" } as never);
    expect(await findRefusals(() => draft.create())).toEqual(["attribute.required at taskId"]);
    const comment = await draft
      .manageRelationship("task", { title: "New" }, { onNoMatch: "create" })
      .create();
    expect(comment.task.title).toBe("New");
    expect((await repo.query(Comment).load("task").get(comment.id)).task.title).toBe("New");
    const update = repo.changeset(Comment, comment).forUpdate();
    const refused = update.manageRelationship("task", null as never, { type: "append_and_remove" });
    expect(await findRefusals(() => refused.update())).toEqual(["attribute.required at taskId"]);
  });

  it("sees a key that the same changeset has set", async () => {
    const { repo } = shop();
    const task = await repo.get(Task, rest);
    const changed = await repo
      .changeset(Task, task)
      .forUpdate({ categorySlug: "desk" })
      .manageRelationship("category", { slug: "desk" }, { onMatch: "unrelate" })
      .update();
    expect(changed.categorySlug).toBeNull();
    expect(task.categorySlug).toBeNull();
  });

  it("a destroy may take with it what the record belonged to", async () => {
    const { repo } = shop();
    await repo.update(Task, await repo.get(Task, rest), { categorySlug: "none" });
    const task = await repo.get(Task, rest);
    await repo
      .changeset(Task, task)
      .forDestroy()
      .manageRelationship("category", null, { onMissing: "destroy" })
      .destroy();
    expect(await listCategories()).toBe("desk: At the desk");
    expect(await repo.query(Task).filter({ id: rest }).exists()).toBe(false);
  });
});

describe.each(databaseKinds)("a managed hasOne on %s", (kind) => {
  const shop = useFreshShop(kind);

  /** Ada has a profile that "Counts.", Bob has none. */
  async function manageProfile(id: string, input: unknown, options: ManageOptions): Promise<string> {
    const { repo } = shop();
    const record = await manage(repo, id, input, options, "profile");
    const stored = await repo.query(User).load("profile").get(id);
    if (Object.hasOwn(record, "profile")) {
      expect((record["profile"] as Profile | null)?.id).toBe(stored.profile?.id);
    }
    return stored.profile?.bio ?? "none";
  }

  it.each<[string, string, unknown, ManageOptions, string]>([
    ["append moves it", bob, uuidOf(31), { type: "append" }, "Counts."],
    ["append of the same", ada, uuidOf(31), { type: "append" }, "Counts."],
    ["direct_control creates", bob, { bio: "New" }, { type: "direct_control" }, "New"],
    ["direct_control updates", ada, { id: uuidOf(31), bio: "New" }, { type: "direct_control" }, "New"],
    ["direct_control replaces", ada, { bio: "New" }, { type: "direct_control" }, "New"],
    ["direct_control of nothing destroys", ada, null, { type: "direct_control" }, "none"],
    ["create", bob, { bio: "New" }, { type: "create" }, "New"],
    ["relate_and_update", bob, { id: uuidOf(31), bio: "Moved" }, { onLookup: "relate_and_update" }, "Moved"],
    ["onMatch destroy", ada, uuidOf(31), { onMatch: "destroy" }, "none"],
    ["onMatch ignore", ada, { id: uuidOf(31), bio: "x" }, { onMatch: "ignore" }, "Counts."],
  ])("%s", async (_, id, input, options, expected) => {
    expect(await manageProfile(id, input, options)).toBe(expected);
    expect(await shop().repo.query(Profile).count()).toBe(
      expected === "none" ? 0 : id === bob && expected === "New" ? 2 : 1,
    );
  });

  it.each<[string, unknown, ManageOptions, string]>([
    ["to unrelate what needs its key", uuidOf(31), { type: "remove" }, "relationship.required at profile"],
    ["to unrelate what is left out", null, { type: "append_and_remove" }, "relationship.required at profile"],
    ["two", [uuidOf(31), uuidOf(32)], { type: "append" }, "relationship.too_many at profile"],
    [
      "a second one that the database refuses",
      { bio: "x" },
      { type: "create" },
      "attribute.taken at profile.userId",
    ],
    ["one that is not there", uuidOf(99), { type: "append" }, "record.not_found at profile"],
  ])("refuses %s", async (_, input, options, refusal) => {
    expect(await findRefusals(() => manageProfile(ada, input, options))).toEqual([refusal]);
    expect(await manageProfile(ada, [], { onMatch: "ignore" })).toBe("Counts.");
  });
});
