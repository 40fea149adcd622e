import { describe, expect, it } from "vitest";
import { StaleRecordError } from "../../../src/runtime/index.js";
import { databaseKinds } from "../../databases/engines.js";
import { findRefusals, listStatements } from "../open-shop.js";
import { usePress } from "./open-press.js";
import { Article, Tag } from "./press.js";

describe.each(databaseKinds)("built-in changes on %s", (kind) => {
  const press = usePress(kind);
  let count = 0;
  const slug = (): string => `slug-${String((count += 1))}`;

  it("sets an attribute that the action does not accept", async () => {
    const { repo } = press();
    const article = await repo.create(Article, "write", { slug: slug(), title: "A" });
    expect(article.state).toBe("written");
  });

  it("sets a new attribute only where the input gives none", async () => {
    const { repo } = press();
    const given = slug();
    const article = await repo.create(Article, "write", { slug: given, title: "A" });
    expect(article).toMatchObject({ slug: given, body: "empty" });
  });

  it("increments in the database, so that two at once both count, and null counts as 0", async () => {
    const { repo } = press();
    const article = await repo.create(Article, { slug: slug(), title: "A" });
    const other = await repo.get(Article, article.id);
    await repo.update(Article, article, "hit", {});
    const last = await repo.update(Article, other, "hit", {});
    expect(last).toMatchObject({ reads: 2, hits: 4n, price: "2.00", score: 1.5 });
  });

  it("increments many records at once as one alone", async () => {
    const { repo } = press();
    const records = await Promise.all(
      ["A", "B"].map((title) => repo.create(Article, { slug: slug(), title })),
    );
    const changed = await Promise.all(records.map((record) => repo.update(Article, record, "hit", {})));
    expect(changed.map(({ hits }) => hits)).toEqual([2n, 2n]);
  });

  it("manages a relationship by an argument, and does nothing where it is not given", async () => {
    const { repo } = press();
    const tags = await Promise.all([slug(), slug()].map((name) => repo.create(Tag, { name })));
    const ids = tags.map(({ id }) => id);
    const article = await repo.create(Article, "write", { slug: slug(), title: "A", tagIds: ids });
    const read = () => repo.query(Article).load("tags").get(article.id);
    expect((await read()).tags).toHaveLength(2);
    await repo.update(Article, article, "retag", { tagIds: ids.slice(0, 1) });
    expect((await read()).tags.map(({ id }) => id)).toEqual(ids.slice(0, 1));
    expect(await listStatements(repo, () => repo.update(Article, article, "retag", {}))).toEqual([]);
    await repo.update(Article, article, "retag", { tagIds: [] });
    expect((await read()).tags).toEqual([]);
  });

  it("refuses an update of a record that another changed since it was read", async () => {
    const { repo } = press();
    const first = await repo.create(Article, { slug: slug(), title: "A" });
    const second = await repo.get(Article, first.id);
    const changed = await repo.update(Article, first, "edit", { title: "B" });
    expect(changed.version).toBe(2);
    await expect(repo.update(Article, second, "edit", { title: "C" })).rejects.toThrow(StaleRecordError);
    await expect(repo.destroy(Article, second, "remove")).rejects.toThrow(StaleRecordError);
    expect(await repo.get(Article, first.id)).toMatchObject({ title: "B", version: 2 });
    await repo.destroy(Article, changed, "remove");
    expect(await repo.query(Article).filter({ id: first.id }).exists()).toBe(false);
  });

  it("leaves a locked record alone where nothing changes, and counts a managed relationship as a change", async () => {
    const { repo } = press();
    const article = await repo.create(Article, { slug: slug(), title: "A" });
    expect(await listStatements(repo, () => repo.update(Article, article, "edit", { title: "A" }))).toEqual(
      [],
    );
    const changed = await repo.update(Article, article, "edit", { tagIds: [] });
    expect(changed.version).toBe(2);
    await expect(repo.update(Article, article, "edit", { tagIds: [] })).rejects.toThrow(StaleRecordError);
  });

  it("cannot lock a record that was read without the attribute", async () => {
    const { repo } = press();
    await repo.create(Article, { slug: slug(), title: "A" });
    const partial = await repo.query(Article).select("title").limit(1).readOneOrThrow();
    expect(await findRefusals(() => repo.update(Article, partial, "edit", { title: "New" }))).toEqual([
      "record.lock.unread",
    ]);
  });
});
