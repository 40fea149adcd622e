import { describe, expect, it } from "vitest";
import type { ManageOptions } from "../../../src/runtime/index.js";
import { databaseKinds } from "../../databases/engines.js";
import { findRefusals } from "../open-shop.js";
import { ada, bob, Comment, insertRows, read, Task, User, uuidOf, write } from "../shop.js";
import { manage, useFreshShop } from "./fresh-shop.js";

const first = uuidOf(21);
const second = uuidOf(22);
const third = uuidOf(23);

describe.each(databaseKinds)("a managed hasMany on %s", (kind) => {
  const shop = useFreshShop(kind);

  /** "First" is Ada's, "Second" nobody's, "Third" Bob's. */
  async function manageComments(input: unknown, options: ManageOptions): Promise<string> {
    const { repo, database } = shop();
    await insertRows(database.knex, Comment, [
      {
        id: third,
        body: "Third",
        taskId: read,
        authorId: bob,
        insertedAt: new Date(),
        updatedAt: new Date(),
      },
    ]);
    const record = await manage(repo, ada, input, options, "comments");
    const stored = await repo
      .query(User)
      .load("comments", (query) => query.sort("body"))
      .get(ada);
    const bodies = stored.comments.map(({ body }) => body);
    if (Object.hasOwn(record, "comments")) {
      const loaded = (record["comments"] as Comment[]).map(
        ({ body, authorId }) => `${body} ${String(authorId)}`,
      );
      expect(loaded.toSorted()).toEqual(bodies.map((body) => `${body} ${ada}`));
    }
    return bodies.join(" ");
  }

  const count = (): Promise<number> => shop().repo.query(Comment).count();
  const fresh = { body: "New", taskId: write };

  it.each<[string, unknown, ManageOptions, string, number]>([
    ["append", [second], { type: "append" }, "First Second", 3],
    ["append takes it from another", [third], { type: "append" }, "First Third", 3],
    ["append of what is related", [first, first], { type: "append" }, "First", 3],
    ["append_and_remove", [second], { type: "append_and_remove" }, "Second", 3],
    ["append_and_remove of nothing", [], { type: "append_and_remove" }, "", 3],
    ["remove", [first], { type: "remove" }, "", 3],
    ["direct_control", [{ id: first, body: "Changed" }, fresh], { type: "direct_control" }, "Changed New", 4],
    ["create", [fresh], { type: "create" }, "First New", 4],
    ["onLookup ignore", [second], { onLookup: "ignore" }, "First", 3],
    ["relate_and_update", [{ id: second, body: "Mine" }], { onLookup: "relate_and_update" }, "First Mine", 3],
    ["onNoMatch ignore", [uuidOf(99)], { onLookup: "relate", onNoMatch: "ignore" }, "First", 3],
    ["onMatch update", [{ id: first, body: "Changed" }], { onMatch: "update" }, "Changed", 3],
    ["onMatch ignore", [{ id: first, body: "Changed" }], { onMatch: "ignore" }, "First", 3],
    ["onMatch unrelate", [first], { onMatch: "unrelate" }, "", 3],
    ["onMatch missing, then onMissing", [first], { onMatch: "missing", onMissing: "unrelate" }, "", 3],
    ["onMissing ignore", [], { onMissing: "ignore" }, "First", 3],
    ["onMissing unrelate", [], { onMissing: "unrelate" }, "", 3],
  ])("%s", async (_, input, options, expected, number) => {
    expect(await manageComments(input, options)).toBe(expected);
    expect(await count()).toBe(number);
  });

  it("onMatch and onMissing destroy take the records, and the database what hangs on them", async () => {
    expect(await manageComments([second], { onMatch: "destroy", onMissing: "destroy" })).toBe("");
    expect(await count()).toBe(1);
  });

  it.each<[string, unknown, ManageOptions, string]>([
    ["onNoMatch error", [uuidOf(99)], { type: "append" }, "record.not_found at comments.0"],
    ["onMatch error", [first], { onMatch: "error" }, "relationship.exists at comments.0"],
    ["onMissing error", [], { onMissing: "error" }, "relationship.missing at comments"],
    [
      "no_match, then error",
      [first],
      { onMatch: "no_match", onNoMatch: "error" },
      "record.not_found at comments.0",
    ],
    [
      "a reference to nothing",
      { 0: { ...fresh, taskId: uuidOf(99) } },
      { type: "create" },
      "reference.missing at comments.0.taskId",
    ],
  ])("%s", async (_, input, options, refusal) => {
    expect(await findRefusals(() => manageComments(input, options))).toEqual([refusal]);
    expect(await count()).toBe(3);
  });

  it("refuses to unrelate what cannot do without its key", async () => {
    const { repo } = shop();
    const task = await repo.get(Task, write);
    const changeset = repo.changeset(Task, task).forUpdate();
    const without = changeset.manageRelationship("comments", [], { type: "append_and_remove" });
    expect(await findRefusals(() => without.update())).toEqual(["relationship.required at comments"]);
    const remove = changeset.manageRelationship("comments", [first, second], { type: "remove" });
    expect(await findRefusals(() => remove.update())).toEqual([
      "relationship.required at comments.0",
      "relationship.required at comments.1",
    ]);
  });

  it("keeps rows with a composite key by that key", async () => {
    const { repo } = shop();
    const rows = [
      { userId: ada, taskId: write, role: "boss" },
      { taskId: uuidOf(13), role: "new" },
    ];
    const user = await manage(repo, ada, rows, { type: "direct_control" }, "userTasks");
    expect(user["userTasks"]).toMatchObject([
      { userId: ada, taskId: write, role: "boss", position: 2 },
      { userId: ada, taskId: uuidOf(13), role: "new" },
    ]);
    expect(await findRefusals(() => manage(repo, ada, [write], { type: "append" }, "userTasks"))).toEqual([
      "relationship.input.invalid at userTasks.0",
    ]);
  });

  it("relates a resource to itself", async () => {
    const { repo } = shop();
    const comment = await repo.get(Comment, second);
    const replies = [{ body: "Reply", taskId: write }, first];
    const options = { onLookup: "relate", onNoMatch: "create" } as const;
    await repo
      .changeset(Comment, comment)
      .forUpdate()
      .manageRelationship("replies", replies, options)
      .update();
    const stored = await repo
      .query(Comment)
      .load("replies", (query) => query.sort("body"))
      .get(second);
    expect(stored.replies.map(({ body }) => body)).toEqual(["First", "Reply"]);
  });
});
