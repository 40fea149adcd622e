import { describe, expect, it } from "vitest";
import type { ManageOptions } from "../../../src/runtime/index.js";
import { databaseKinds } from "../../databases/engines.js";
import { findRefusals } from "../open-shop.js";
import { ada, bob, cem, read, rest, Task, User, uuidOf, write } from "../shop.js";
import { listJoins, listTasks, manage, useFreshShop } from "./fresh-shop.js";

const seeded = ["Ada Read -", "Ada Write owner", "Bob Read helper"];

describe.each(databaseKinds)("a managed manyToMany on %s", (kind) => {
  const shop = useFreshShop(kind);

  async function titles(): Promise<string> {
    const tasks = await shop().repo.query(Task).sort("title").read();
    return tasks.map(({ title }) => title).join(" ");
  }

  describe("by a type", () => {
    it("append relates what is not related, and leaves the rest as it is", async () => {
      await manage(shop().repo, ada, [rest, write], { type: "append" });
      expect(await listJoins(shop().repo)).toEqual([
        "Ada Read -",
        "Ada Rest -",
        "Ada Write owner",
        "Bob Read helper",
      ]);
    });

    it("append_and_remove leaves exactly what is given related, in its order", async () => {
      const user = await manage(shop().repo, ada, [rest, write], { type: "append_and_remove" });
      expect(listTasks(user)).toEqual(["Rest -", "Write owner"]);
      expect(await listJoins(shop().repo)).toEqual(["Ada Rest -", "Ada Write owner", "Bob Read helper"]);
      expect(await titles()).toBe("Read Rest Write");
    });

    it("remove unrelates what is given and leaves the records", async () => {
      const user = await manage(shop().repo, ada, [write], { type: "remove" });
      expect(listTasks(user)).toEqual(["Read -"]);
      expect(await listJoins(shop().repo)).toEqual(["Ada Read -", "Bob Read helper"]);
      expect(await titles()).toBe("Read Rest Write");
    });

    it("direct_control updates, creates and destroys", async () => {
      const inputs = [
        { title: "New", role: "maker" },
        { id: write, title: "Wrote", role: "boss" },
      ];
      const user = await manage(shop().repo, ada, inputs, { type: "direct_control" });
      expect(listTasks(user)).toEqual(["New maker", "Wrote boss"]);
      expect(await titles()).toBe("New Rest Wrote");
      expect(await listJoins(shop().repo)).toEqual(["Ada New maker", "Ada Wrote boss"]);
    });

    it("create makes what is not related, and leaves the rest as it is", async () => {
      const user = await manage(shop().repo, ada, [{ title: "New" }, { id: write, title: "No" }], {
        type: "create",
      });
      expect(listTasks(user)).toEqual(["Read -", "New -", "Write owner"]);
      expect(await titles()).toBe("New Read Rest Write");
    });
  });

  it.each<[string, ManageOptions, unknown, string[] | string]>([
    ["onLookup ignore: nothing is looked up", { onLookup: "ignore" }, [rest], seeded],
    ["onLookup relate", { onLookup: "relate" }, [rest], ["Ada Rest -", ...seeded]],
    [
      "onLookup relate with join keys",
      { onLookup: "relate" },
      [{ id: rest, role: "cook" }],
      ["Ada Rest cook", ...seeded],
    ],
    [
      "onLookup relate_and_update",
      { onLookup: "relate_and_update" },
      [{ id: rest, title: "Sleep", role: "cook" }],
      ["Ada Sleep cook", ...seeded],
    ],
    ["onNoMatch ignore", { onLookup: "relate", onNoMatch: "ignore" }, [uuidOf(99)], seeded],
    ["onNoMatch error", { onNoMatch: "error" }, [rest], "record.not_found at tasks.0"],
    ["onNoMatch create", { onNoMatch: "create" }, [{ title: "New", role: "x" }], ["Ada New x", ...seeded]],
    ["onMatch ignore", { onMatch: "ignore" }, [{ id: write, role: "x", title: "x" }], seeded],
    [
      "onMatch update changes the record and the join row",
      { onMatch: "update" },
      [{ id: read, role: "x", title: "Reading" }],
      ["Ada Reading x", "Ada Write owner", "Bob Reading helper"],
    ],
    [
      "case 72: onMatch update_join changes the join row alone",
      { onMatch: "update_join" },
      [{ id: read, role: "x", title: "Reading" }],
      ["Ada Read x", "Ada Write owner", "Bob Read helper"],
    ],
    ["onMatch unrelate", { onMatch: "unrelate" }, [write], ["Ada Read -", "Bob Read helper"]],
    [
      "case 79: onMatch destroy: the join row and the record",
      { onMatch: "destroy" },
      [read],
      ["Ada Write owner"],
    ],
    ["onMatch error", { onMatch: "error" }, [read], "relationship.exists at tasks.0"],
    [
      "onMatch no_match, then onNoMatch",
      { onMatch: "no_match", onNoMatch: "error" },
      [read],
      "record.not_found at tasks.0",
    ],
    [
      "onMatch missing, then onMissing",
      { onMatch: "missing", onMissing: "unrelate" },
      [read],
      ["Bob Read helper"],
    ],
    ["onMissing ignore", { onMatch: "error", onMissing: "ignore" }, [], seeded],
    ["onMissing unrelate", { onMissing: "unrelate" }, [read], ["Ada Read -", "Bob Read helper"]],
    [
      "onMissing destroy: the join row and the record",
      { onMissing: "destroy" },
      [write],
      ["Ada Write owner"],
    ],
    ["onMissing error", { onMissing: "error" }, [read], "relationship.missing at tasks"],
  ])("%s", async (_, options, input, expected) => {
    const { repo } = shop();
    const refusals = await findRefusals(() => manage(repo, ada, input, options));
    expect(refusals).toEqual(typeof expected === "string" ? [expected] : []);
    expect(await listJoins(repo)).toEqual(typeof expected === "string" ? seeded : expected.toSorted());
  });

  it("case 67: create with append_and_remove relates all, in the order of the inputs", async () => {
    const user = await shop()
      .repo.changeset(User)
      .forCreate({ email: "new@example.org", name: "Dan" })
      .manageRelationship("tasks", [write, read], { type: "append_and_remove" })
      .create();
    expect(user.tasks.map(({ title }) => title)).toEqual(["Write", "Read"]);
    expect(user.tasks[0]?.$join).toMatchObject({ userId: user.id, taskId: write });
    expect((await listJoins(shop().repo)).filter((row) => row.startsWith("Dan"))).toEqual([
      "Dan Read -",
      "Dan Write -",
    ]);
  });

  it("case 68: an update replaces the set; the join rows are exactly those", async () => {
    const { repo } = shop();
    await manage(repo, bob, [write, rest], { type: "append_and_remove" });
    expect(await listJoins(repo)).toEqual(["Ada Read -", "Ada Write owner", "Bob Rest -", "Bob Write -"]);
    await manage(repo, bob, [], { type: "append_and_remove" });
    expect(await listJoins(repo)).toEqual(["Ada Read -", "Ada Write owner"]);
  });

  it("case 79: destroy takes the join row alone, or both, by the rules", async () => {
    const { repo } = shop();
    await manage(repo, ada, [write], { onMatch: "unrelate" });
    expect(await titles()).toBe("Read Rest Write");
    await manage(repo, ada, [read], { onMatch: "destroy" });
    expect(await titles()).toBe("Rest Write");
  });

  it("relates a resource to itself, from both ends", async () => {
    const { repo } = shop();
    await manage(repo, cem, [cem, bob], { type: "append" }, "following");
    const all = await repo
      .query(User)
      .sort("name")
      .load("following", (query) => query.sort("name"))
      .load("followers")
      .read();
    expect(all.map(({ name, following }) => [name, following.map((each) => each.name)])).toEqual([
      ["Ada", ["Ada"]],
      ["Bob", ["Ada"]],
      [null, ["Bob", null]],
    ]);
    await manage(repo, ada, [], { type: "append_and_remove" }, "following");
    expect(
      await repo
        .query(User)
        .filter({ followers: { id: ada } })
        .count(),
    ).toBe(0);
    expect(
      await repo
        .query(User)
        .filter({ followers: { id: bob } })
        .count(),
    ).toBe(1);
  });
});
