import { describe, expect, it } from "vitest";
import { databaseKinds } from "../../databases/engines.js";
import { findRefusals, listStatements } from "../open-shop.js";
import { usePress } from "./open-press.js";
import { Article, ArticleTag, Tag } from "./press.js";

describe.each(databaseKinds)("a read action on %s", (kind) => {
  const press = usePress(kind);
  let count = 0;
  const make = (values: object = {}) => {
    const slug = `read-${String((count += 1))}`;
    return press().repo.create(Article, { slug, title: slug, ...values });
  };

  it("begins the query with its arguments", async () => {
    const { repo } = press();
    const [early, late] = ["2026-01-01", "2026-03-01"].map((day) => new Date(`${day}T00:00:00.000Z`));
    await make({ publishedAt: early, state: "published" });
    const second = await make({ publishedAt: late, state: "published" });
    const third = await make({ publishedAt: late, state: "draft" });
    const since = new Date("2026-02-01T00:00:00.000Z");
    const published = await repo.query(Article, "published", { since }).read();
    expect(published.map(({ id }) => id)).toEqual([second.id]);
    const drafts = repo.query(Article, "published", { since, state: "draft" });
    expect((await drafts.filter({ title: third.title }).read()).map(({ id }) => id)).toEqual([third.id]);
  });

  it("refuses arguments that are missing, wrong or unknown", async () => {
    const { repo } = press();
    const input = { since: "now", until: 1 } as unknown as { since: Date };
    expect(await findRefusals(() => repo.query(Article, "published", input))).toEqual([
      "value.datetime.malformed at since",
      "input.unknown at until",
    ]);
    expect(await findRefusals(() => repo.query(Article, "published", {} as { since: Date }))).toEqual([
      "attribute.required at since",
    ]);
  });

  it("is known by its name", async () => {
    const { repo } = press();
    const query = repo.query as (resource: unknown, name: string) => unknown;
    expect(await findRefusals(() => query(Article, "publishd"))).toEqual(["action.unknown"]);
    expect(await findRefusals(() => query(Article, "write"))).toEqual(["action.kind.wrong"]);
  });

  it("that is primary begins queries, gets and loads, so that what was put away is as good as gone", async () => {
    const { repo } = press();
    const article = await make();
    const tag = await repo.create(Tag, { name: `tag-${article.slug}` });
    await repo.create(ArticleTag, { articleId: article.id, tagId: tag.id });
    const load = async () => (await repo.query(Tag).load("articles").get(tag.id)).articles;
    expect(await load()).toHaveLength(1);
    await repo.update(Article, article, "trash", {});
    expect(await load()).toEqual([]);
    expect(await repo.query(Article).filter({ id: article.id }).count()).toBe(0);
    await expect(repo.get(Article, article.id)).rejects.toThrow(
      `There is no Article with id "${article.id}".`,
    );
    expect(await repo.query(Article, "everything").filter({ id: article.id }).count()).toBe(1);
  });

  it("that is primary does not make what is loaded be loaded again", async () => {
    const { repo } = press();
    const article = await make();
    const tag = await repo.create(Tag, { name: `tag-${article.slug}` });
    await repo.create(ArticleTag, { articleId: article.id, tagId: tag.id });
    const loaded = await repo.query(Tag).load("articles").get(tag.id);
    expect(await listStatements(repo, () => repo.load(Tag, loaded, "articles"))).toEqual([]);
    const narrowed = () => repo.load(Tag, loaded, "articles", (query) => query.limit(1));
    expect(await listStatements(repo, narrowed)).toHaveLength(1);
  });
});
