import { describe, expect, it } from "vitest";
import { isAshlarError } from "../../../src/runtime/index.js";
import { databaseKinds } from "../../databases/engines.js";
import { findRefusals, listStatements } from "../open-shop.js";
import { Album, Artist, heard, listTaggings, Tag, Tagging, Taste, useStudio } from "./studio.js";

describe.each(databaseKinds)("the join resource's own actions on %s", (kind) => {
  const studio = useStudio(kind);

  async function tag(
    input: unknown,
    options: object,
  ): Promise<Album & { tags: (Tag & { $join: Tagging })[] }> {
    const { repo, album } = studio();
    const loaded = await repo.load(Album, await repo.get(Album, album.id), "tags");
    const changeset = repo.changeset(Album, loaded).forUpdate();
    return changeset.manageRelationship("tags", input as never, options as never).update() as never;
  }

  const add = { onLookup: "relate", onNoMatch: "create" } as const;

  it("decide what a join row is: values they set, hooks they run, keys that they do not accept", async () => {
    const { repo } = studio();
    await repo.createMany(Tag, [{ slug: "rock" }, { slug: "folk" }]);
    const album = await tag([{ slug: "rock", note: "loud" }, { slug: "folk" }], {
      type: "append_and_remove",
    });
    expect(album.tags.map(({ slug, $join }) => [slug, $join.note, $join.since])).toEqual([
      ["rock", "loud", "2026-01-01"],
      ["folk", null, "2026-01-01"],
    ]);
    expect(await listTaggings(repo)).toEqual(["One folk - -", "One rock loud -"]);
    const told = [
      "before folk",
      "before rock",
      "after folk",
      "after rock",
      "committed folk",
      "committed rock",
    ];
    expect(heard).toEqual(told);
  });

  it("do not tell of rows that were there", async () => {
    const { repo } = studio();
    const [rock] = (await repo.createMany(Tag, [{ slug: "rock" }, { slug: "folk" }])).records;
    await tag([rock], { type: "append" });
    heard.length = 0;
    await tag(["rock", "folk"], { type: "append", valueIsKey: "slug" });
    expect(heard.filter((words) => !words.startsWith("before"))).toEqual(["after folk", "committed folk"]);
  });

  it("run in one transaction, also for a single insert: a hook that fails undoes it", async () => {
    const { repo, album } = studio();
    const rock = await repo.create(Tag, { slug: "rock" });
    const failing = repo.transaction(async (inner) => {
      await inner
        .changeset(Album, album)
        .forUpdate()
        .manageRelationship("tags", [rock], { type: "append" })
        .update();
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(await listTaggings(repo)).toEqual([]);
    expect(heard).toEqual(["before rock", "after rock"]);
  });

  it("refuse, each at the place of its input, and nothing is written", async () => {
    const { repo } = studio();
    await repo.createMany(Tag, [{ slug: "a" }, { slug: "b" }, { slug: "c" }]);
    const inputs = [
      { slug: "c", note: "bad" },
      { slug: "b" },
      { slug: "a", note: "bad" },
      { slug: "new", note: "bad" },
    ];
    expect(await findRefusals(() => tag(inputs, add))).toEqual([
      "note.bad at tags.0.note",
      "note.bad at tags.2.note",
      "note.bad at tags.3.note",
    ]);
    expect(await repo.query(Tag).count()).toBe(3);
    expect(await findRefusals(() => tag([{ slug: "a", since: "2026-01-01" }], add))).toEqual([
      "input.not_accepted at tags.0.since",
    ]);
    expect(await listTaggings(repo)).toEqual([]);
  });

  it("are told of what is missing: without a destroy action nothing is unrelated", async () => {
    const { repo, artist } = studio();
    const rock = await repo.create(Tag, { slug: "rock" });
    const manage = (input: Tag[], type: "append" | "append_and_remove") =>
      repo.changeset(Artist, artist).forUpdate().manageRelationship("tastes", input, { type }).update();
    await manage([rock], "append");
    const error: unknown = await manage([], "append_and_remove").catch((caught: unknown) => caught);
    expect(isAshlarError(error) && error.problems).toMatchObject([
      { code: "action.primary.missing", message: "Taste has no destroy action." },
    ]);
    expect(await repo.query(Taste).count()).toBe(1);
  });

  it("relate a pair once even where no key keeps it from standing there twice", async () => {
    const { repo, artist } = studio();
    const rock = await repo.create(Tag, { slug: "rock" });
    for (let time = 0; time < 2; time += 1) {
      const changeset = repo.changeset(Artist, artist).forUpdate();
      await changeset.manageRelationship("tastes", [rock, rock.id], { type: "append" }).update();
    }
    expect(await repo.query(Taste).count()).toBe(1);
  });

  it("write rows of a key of their own, in one insert whichever attributes each input gives", async () => {
    const { repo, album } = studio();
    await repo.createMany(Tag, [{ slug: "a" }, { slug: "b" }, { slug: "c" }]);
    const inputs = [{ slug: "a", note: "x" }, { slug: "b" }, { slug: "c", place: 3 }];
    const changeset = repo.changeset(Album, album).forUpdate();
    const append = changeset.manageRelationship("tags", inputs, { type: "append" });
    const statements = await listStatements(repo, () => append.update());
    expect(statements.map((sql) => sql.split(" ", 1)[0])).toEqual(["select", "insert"]);
    expect(await listTaggings(repo)).toEqual(["One a x -", "One b - -", "One c - 3"]);
  });

  it("case 70: lookup or create by a unique attribute makes the one and relates both", async () => {
    const { repo } = studio();
    await repo.create(Tag, { slug: "foo", label: "Foo" });
    const album = await tag([{ slug: "foo" }, { slug: "bar", label: "Bar" }], add);
    expect(album.tags.map(({ slug, label }) => `${slug} ${label}`)).toEqual(["foo Foo", "bar Bar"]);
    expect(await repo.query(Tag).count()).toBe(2);
  });

  it("case 71: a value alone is that of valueIsKey", async () => {
    const { repo } = studio();
    await repo.create(Tag, { slug: "foo" });
    const album = await tag(["foo", "bar", "foo", "bar"], { ...add, valueIsKey: "slug" });
    expect(album.tags.map(({ slug }) => slug)).toEqual(["foo", "bar"]);
    expect(await listTaggings(repo)).toEqual(["One bar - -", "One foo - -"]);
    expect(await findRefusals(() => tag(["x"], { type: "append", valueIsKey: "slug" }))).toEqual([
      "record.not_found at tags.0",
    ]);
  });

  it("nested: a created record's own relationships are managed too, by a fixed number of statements", async () => {
    const { repo } = studio();
    await repo.create(Tag, { slug: "old" });
    const counts: number[] = [];
    for (const size of [2, 20]) {
      const artist = await repo.create(Artist, { name: `With ${String(size)}` });
      const albums = Array.from({ length: size }, (_, index) => ({
        title: `${String(size)}-${String(index)}`,
        slugs: ["old", `${String(size)}-${String(index)}`],
      }));
      const changeset = repo.changeset(Artist, artist).forUpdate();
      const statements = await listStatements(repo, () =>
        changeset.manageRelationship("albums", albums as never, { type: "direct_control" }).update(),
      );
      counts.push(statements.length);
    }
    expect(counts[1]).toBe(counts[0]);
    expect(await repo.query(Tagging).count()).toBe(44);
    expect(await repo.query(Tag).count()).toBe(23);
  });
});
