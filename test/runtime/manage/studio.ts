/**
 * Resources that the shop lacks: a composite key, a join with a key of its own and actions that decide, a join without a
 * key over both ends, a join that cannot be taken away, a key that is not the primary one, a sensitive one.
 */
import { afterAll, beforeAll, beforeEach } from "vitest";
import {
  belongsTo,
  create,
  createRepo,
  date,
  domain,
  hasMany,
  integer,
  integerPrimaryKey,
  manageRelationship,
  manyToMany,
  resource,
  string,
  text,
  uuid,
  uuidPrimaryKey,
  type Repo,
} from "../../../src/runtime/index.js";
import {
  databaseTimeout,
  openDatabase,
  type DatabaseKind,
  type TestDatabase,
} from "../../databases/engines.js";
import { createTables } from "../shop.js";

/** What the hooks of `Tagging` were called with, oldest first. */
export const heard: string[] = [];

export class Artist extends resource({
  table: "artists",
  attributes: { id: uuidPrimaryKey(), name: string().required() },
  actions: { defaults: ["create", "read", "update", "destroy"] },
}) {
  static readonly relationships = {
    albums: hasMany(() => Album, { destinationAttribute: "artistId" }),
    seats: hasMany(() => Seat, { destinationAttribute: "artistId" }),
    tastes: manyToMany(() => Tag, {
      through: () => Taste,
      sourceAttributeOnJoinResource: "artistId",
      destinationAttributeOnJoinResource: "tagId",
    }),
  };
}

/** Made with the tags of a form: those that are there are related, the others made. */
export class Album extends resource({
  table: "albums",
  attributes: {
    id: uuidPrimaryKey(),
    title: string().required(),
    place: integer(),
    code: string().sensitive(),
    artistId: uuid(),
  },
  identities: { uniqueTitle: ["title"], uniqueCode: ["code"] },
  actions: {
    defaults: ["read", "update", "destroy"],
    create: create({
      arguments: { slugs: text().array() },
      changes: [
        manageRelationship("slugs", "tags", {
          ...{ onLookup: "relate", onNoMatch: "create" },
          ...{ valueIsKey: "slug", useIdentities: ["slug"] },
        }),
      ],
    }),
  },
}) {
  static readonly relationships = {
    artist: belongsTo(() => Artist),
    taggings: hasMany(() => Tagging, { destinationAttribute: "albumId" }),
    tags: manyToMany(() => Tag, {
      through: () => Tagging,
      sourceAttributeOnJoinResource: "albumId",
      destinationAttributeOnJoinResource: "tagSlug",
      destinationAttribute: "slug",
    }),
  };
}

export class Tag extends resource({
  table: "tags",
  attributes: { id: integerPrimaryKey(), slug: string().required().unique(), label: string() },
  actions: { defaults: ["create", "read", "update", "destroy"] },
}) {
  static readonly relationships = {
    taggings: hasMany(() => Tagging, { destinationAttribute: "tagSlug", sourceAttribute: "slug" }),
  };
}

/** Its create takes only the note, sets the day itself, refuses a bad note, and tells. */
export class Tagging extends resource({
  table: "taggings",
  attributes: {
    id: uuidPrimaryKey(),
    albumId: uuid().required(),
    tagSlug: string().required(),
    note: string(),
    place: integer(),
    since: date(),
  },
  identities: { uniquePair: ["albumId", "tagSlug"] },
  actions: {
    defaults: ["read", "update", "destroy"],
    create: create({
      accept: ["note", "place"],
      changes: [({ set }) => set("since", "2026-01-01")],
      validations: [
        ({ get }) =>
          get("note") === "bad"
            ? { code: "note.bad", message: "No bad notes.", attribute: "note" }
            : undefined,
      ],
      before: [({ get }) => void heard.push(`before ${String(get("tagSlug"))}`)],
      after: [({ record }) => void heard.push(`after ${(record as Tagging).tagSlug}`)],
      afterCommit: [({ record }) => void heard.push(`committed ${(record as Tagging).tagSlug}`)],
    }),
  },
}) {
  static readonly relationships = {
    album: belongsTo(() => Album, { onDelete: "cascade" }),
    tag: belongsTo(() => Tag, {
      sourceAttribute: "tagSlug",
      destinationAttribute: "slug",
      onDelete: "cascade",
    }),
  };
}

/** Nothing in the database keeps a pair from standing there twice, and no action takes one away. */
export class Taste extends resource({
  table: "tastes",
  attributes: { id: integerPrimaryKey(), artistId: uuid().required(), tagId: integer().required() },
  actions: { defaults: ["create", "read"] },
}) {
  static readonly relationships = {
    artist: belongsTo(() => Artist, { onDelete: "cascade" }),
    tag: belongsTo(() => Tag, { onDelete: "cascade" }),
  };
}

export class Seat extends resource({
  table: "seats",
  attributes: {
    row: integer().primaryKey(),
    number: integer().primaryKey(),
    color: string(),
    artistId: uuid(),
  },
  actions: { defaults: ["create", "read", "update", "destroy"] },
}) {
  static readonly relationships = { artist: belongsTo(() => Artist) };
}

const resources = [Artist, Tag, Album, Tagging, Taste, Seat];
const Studio = domain("Studio", { resources });

export interface StudioOfTest {
  readonly database: TestDatabase;
  readonly repo: Repo;
  readonly artist: Artist;
  readonly album: Album;
}

/** An empty studio before each test but for one artist "Ann" with one album "One". */
export function useStudio(kind: DatabaseKind): () => StudioOfTest {
  let database: TestDatabase;
  let studio: StudioOfTest;
  beforeAll(async () => {
    database = await openDatabase(kind);
    await createTables(database.knex, resources);
  }, databaseTimeout);
  afterAll(() => database.close());
  beforeEach(async () => {
    for (const { definition } of resources.toReversed()) await database.knex(definition.table).delete();
    const repo = createRepo(database.knex, { domains: [Studio] });
    const artist = await repo.create(Artist, { name: "Ann" });
    const album = await repo.create(Album, { title: "One", artistId: artist.id });
    heard.length = 0;
    studio = { database, repo, artist, album };
  });
  return () => studio;
}

/** The rows of taggings as `"One rock note 0"`. */
export async function listTaggings(repo: Repo): Promise<string[]> {
  const rows = await repo.query(Tagging).load("album").read();
  return rows
    .map(
      ({ album, tagSlug, note, place }) => `${album.title} ${tagSlug} ${note ?? "-"} ${String(place ?? "-")}`,
    )
    .toSorted();
}
