/** Resources whose actions do more than the default ones: an article with its tags, and the things that are counted. */
import {
  belongsTo,
  bigint,
  create,
  datetime,
  decimal,
  destroy,
  domain,
  float,
  hasMany,
  increment,
  integer,
  json,
  manageRelationship,
  manyToMany,
  optimisticLock,
  read,
  resource,
  setAttribute,
  setNewAttribute,
  string,
  text,
  timestamps,
  update,
  uuid,
  uuidPrimaryKey,
} from "../../../src/runtime/index.js";

export class Article extends resource({
  table: "articles",
  attributes: {
    id: uuidPrimaryKey(),
    slug: string().required(),
    title: string().required(),
    body: text(),
    state: string().required().default("draft"),
    secret: string().sensitive(),
    reads: integer(),
    hits: bigint().required().default(0n),
    price: decimal(10, 2).required().default("1.50"),
    score: float().required().default(0.5),
    version: integer().required().default(1).readOnly(),
    meta: json(),
    publishedAt: datetime(),
    deletedAt: datetime(),
    ...timestamps(),
  },
  identities: { uniqueSlug: ["slug"] },
  actions: {
    defaults: ["create", "update", "destroy"],
    read: read({ prepare: (query) => query.filter({ deletedAt: null }) }),
    everything: read(),
    published: read({
      arguments: { since: datetime().required(), state: string().default("published") },
      prepare: (query, { since, state }) =>
        query.filter({ publishedAt: { gte: since }, state }).sort({ publishedAt: "desc" }),
    }),
    write: create({
      accept: ["slug", "title"],
      arguments: { tagIds: uuid().array() },
      changes: [
        setAttribute("state", "written"),
        setNewAttribute("slug", () => "made"),
        setNewAttribute("body", "empty"),
        manageRelationship("tagIds", "tags", { type: "append" }),
      ],
    }),
    put: create({ upsert: { identity: "uniqueSlug", fields: ["title"] } }),
    hit: update({
      accept: ["title"],
      changes: [
        increment("reads"),
        increment("hits", { by: 2n }),
        increment("price", { by: 0.25 }),
        increment("score", { by: 0.5 }),
      ],
    }),
    retag: update({
      accept: [],
      arguments: { tagIds: uuid().array() },
      changes: [manageRelationship("tagIds", "tags", { type: "append_and_remove" })],
    }),
    edit: update({
      accept: ["title", "body"],
      arguments: { tagIds: uuid().array() },
      changes: [
        optimisticLock("version"),
        manageRelationship("tagIds", "tags", { type: "append_and_remove" }),
      ],
    }),
    remove: destroy({ changes: [optimisticLock("version")] }),
    trash: update({ accept: [], changes: [setAttribute("deletedAt", () => new Date())] }),
  },
}) {
  static readonly relationships = {
    articleTags: hasMany(() => ArticleTag, { destinationAttribute: "articleId" }),
    notes: hasMany(() => Note, { destinationAttribute: "articleId" }),
    tags: manyToMany(() => Tag, {
      through: () => ArticleTag,
      sourceAttributeOnJoinResource: "articleId",
      destinationAttributeOnJoinResource: "tagId",
    }),
  };
}

export class Tag extends resource({
  table: "tags",
  attributes: { id: uuidPrimaryKey(), name: string().required() },
  identities: { uniqueName: ["name"] },
  actions: { defaults: ["create", "read", "update", "destroy"] },
}) {
  static readonly relationships = {
    articles: manyToMany(() => Article, {
      through: () => ArticleTag,
      sourceAttributeOnJoinResource: "tagId",
      destinationAttributeOnJoinResource: "articleId",
    }),
  };
}

export class ArticleTag extends resource({
  table: "article_tags",
  attributes: { articleId: uuid().primaryKey(), tagId: uuid().primaryKey() },
  actions: { defaults: ["create", "read", "destroy"] },
}) {
  static readonly relationships = {
    article: belongsTo(() => Article, { onDelete: "cascade" }),
    tag: belongsTo(() => Tag),
  };
}

export class Note extends resource({
  table: "notes",
  attributes: { id: uuidPrimaryKey(), articleId: uuid().required(), body: text().required() },
  actions: { defaults: ["create", "read", "update", "destroy"] },
}) {
  static readonly relationships = { article: belongsTo(() => Article) };
}

export const pressResources = [Article, Tag, ArticleTag, Note] as const;
export const Press = domain("Press", { resources: pressResources });
