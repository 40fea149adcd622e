import { describe, expect, it } from "vitest";
import { InvalidError } from "../../../src/runtime/errors/errors.js";
import { createRepo, domain, manyToMany, resource, uuidPrimaryKey } from "../../../src/runtime/index.js";
import { databaseKinds } from "../../databases/engines.js";
import { findRefusals } from "../open-shop.js";
import { uuidOf } from "../shop.js";
import { Album, Artist, listTaggings, Seat, Tag, Tagging, Taste, useStudio } from "./studio.js";

describe.each(databaseKinds)("what cannot be managed on %s", (kind) => {
  const studio = useStudio(kind);

  const ann = (name: "albums" | "seats" | "tastes", input: unknown, options: object): Promise<Artist> => {
    const { repo, artist } = studio();
    const changeset = repo.changeset(Artist, artist).forUpdate({ name: "Eve" });
    return changeset.manageRelationship(name, input as never, options as never).update();
  };

  async function findIssues(work: Promise<unknown>): Promise<InvalidError["issues"]> {
    const error: unknown = await work.catch((caught: unknown) => caught);
    if (!(error instanceof InvalidError)) throw error;
    return error.issues;
  }

  it("case 74: names the id that was not found, and goes on where onNoMatch says so", async () => {
    const { repo } = studio();
    const issues = await findIssues(ann("albums", [uuidOf(7)], { type: "append" }));
    expect(issues).toEqual([
      {
        code: "record.not_found",
        path: ["albums", 0],
        message: `There is no Album with id "${uuidOf(7)}".`,
        hint: "Create it first, or say what to do instead: onNoMatch.",
      },
    ]);
    const other = await repo.create(Album, { title: "Two" });
    const unrelated = await findIssues(ann("albums", [other.id], { type: "remove" }));
    expect(unrelated.map(({ message }) => message)).toEqual([
      `The Album with id "${other.id}" is not related.`,
    ]);
    await ann("albums", [other.id, uuidOf(7)], { type: "remove", onNoMatch: "ignore" });
    await ann("albums", [uuidOf(7)], { type: "append", onNoMatch: "ignore" });
    expect(await repo.query(Album).count()).toBe(2);
  });

  it("case 75: with nothing looked up, it says that the record is not related", async () => {
    const issues = await findIssues(ann("albums", [uuidOf(7)], { onNoMatch: "error" }));
    expect(issues[0]?.message).toBe(`The Album with id "${uuidOf(7)}" is not related.`);
  });

  it("keeps the value of a sensitive key to itself", async () => {
    const issues = await findIssues(ann("albums", [{ code: "s3cret" }], { type: "append" }));
    expect(issues[0]?.message).toBe("There is no Album with this code.");
    expect(JSON.stringify(issues)).not.toContain("s3cret");
  });

  it("tells of all inputs together, each at its place, and writes nothing, not even the record itself", async () => {
    const { repo, album } = studio();
    const inputs = [
      uuidOf(7),
      { title: "Fine" },
      { title: 5 },
      { id: album.id, title: null },
      { place: 1 },
      { title: "x", plase: 2 },
      new Tag({ id: 1 } as never),
    ];
    const options = { onLookup: "relate_and_update", onNoMatch: "create", onMatch: "update" };
    expect(await findRefusals(() => ann("albums", inputs, options))).toEqual([
      "value.type.wrong at albums.2.title",
      "input.unknown at albums.5.plase",
      "relationship.record.wrong at albums.6",
    ]);
    expect(await findRefusals(() => ann("albums", inputs.slice(0, 5).toSpliced(2, 1), options))).toEqual([
      "input.not_accepted at albums.0.id",
      "attribute.required at albums.0.title",
      "attribute.required at albums.2.title",
      "attribute.required at albums.3.title",
    ]);
    expect((await repo.query(Artist).readOneOrThrow()).name).toBe("Ann");
    expect(await repo.query(Album).count()).toBe(1);
  });

  it("brings what the database refuses to the inputs that it refuses", async () => {
    const { repo } = studio();
    const inputs = [{ title: "New" }, { title: "One" }, { title: "Newer" }, { title: "One" }];
    const byKey = { type: "create", useIdentities: ["primaryKey"] };
    expect(await findRefusals(() => ann("albums", inputs, byKey))).toEqual([
      "attribute.taken at albums.1.title",
      "attribute.taken at albums.3.title",
    ]);
    expect(await findRefusals(() => ann("albums", [{ title: "Twice" }, { title: "Twice" }], byKey))).toEqual([
      "attribute.taken at albums.1.title",
    ]);
    expect(await findRefusals(() => ann("albums", { title: "One" }, byKey))).toEqual([
      "attribute.taken at albums.title",
    ]);
    expect(await repo.query(Album).count()).toBe(1);
  });

  it("tells which of many records it is, where many are made with their relationships", async () => {
    const { repo } = studio();
    await repo.create(Tag, { slug: "rock" });
    const inputs = [{ title: "A", slugs: ["rock"] }, { title: "B", slugs: ["x", "rock"] }, { title: "C" }];
    const { records } = await repo.createMany(Album, inputs as never);
    expect(records).toHaveLength(3);
    expect(await listTaggings(repo)).toEqual(["A rock - -", "B rock - -", "B x - -"]);
    const wrong = [
      { title: "D", slugs: ["rock"] },
      { title: "E", slugs: ["y", "y".repeat(300)] },
    ];
    const failed = await findRefusals(() => repo.createMany(Album, wrong as never));
    expect(failed.every((refusal) => refusal.includes(" at 1.tags.1.slug"))).toBe(true);
  });

  it("takes keys of several attributes as objects", async () => {
    const { repo } = studio();
    const row = (number: number) => ({ row: 1, number });
    await repo.createMany(Seat, [1, 2, 3].map(row));
    await ann("seats", { 0: row(1), 1: row(3) }, { type: "append" });
    await ann(
      "seats",
      [
        { ...row(3), color: "red" },
        { ...row(4), color: "blue" },
      ],
      { type: "direct_control" },
    );
    const seats = await repo.query(Seat).sort("number").read();
    expect(seats.map(({ number, color, artistId }) => [number, color, artistId !== null])).toEqual([
      [2, null, false],
      [3, "red", true],
      [4, "blue", true],
    ]);
    expect(await findRefusals(() => ann("seats", [{ row: 1 }], { type: "append" }))).toEqual([
      "relationship.key.missing at seats.0",
    ]);
    expect(await findRefusals(() => ann("seats", [row(9)], { type: "append" }))).toEqual([
      "record.not_found at seats.0",
    ]);
  });

  it("keeps the order of the inputs in an attribute of the records: made, changed and related", async () => {
    const { repo, album } = studio();
    const other = await repo.create(Album, { title: "Other", artistId: null });
    const inputs = [{ title: "New" }, other.id, { id: album.id }];
    const options = { onLookup: "relate", onNoMatch: "create", onMatch: "update", orderIsKey: "place" };
    await ann("albums", inputs, options);
    const albums = await repo.query(Album).sort("place").read();
    expect(albums.map(({ title, place }) => [title, place])).toEqual([
      ["New", 0],
      ["Other", 1],
      ["One", 2],
    ]);
  });

  it("keeps the order of what stays, too, where the inputs are the whole list", async () => {
    const { repo, album } = studio();
    const other = await repo.create(Album, { title: "Other" });
    const options = { type: "append_and_remove", orderIsKey: "place" };
    await ann("albums", [other.id, { id: album.id, title: "Ignored" }], options);
    await ann("albums", [album.id, other.id], options);
    const albums = await repo.query(Album).sort("place").read();
    expect(albums.map(({ title, place }) => [title, place])).toEqual([
      ["One", 0],
      ["Other", 1],
    ]);
  });

  it("case 66: a relationship through keys that are not there is told when the repo is made", () => {
    class Odd extends resource({ table: "odds", attributes: { id: uuidPrimaryKey() } }) {
      static readonly relationships = {
        tags: manyToMany(() => Tag, {
          through: () => Tagging,
          sourceAttributeOnJoinResource: "oddId" as never,
          destinationAttributeOnJoinResource: "tagSlug",
          destinationAttribute: "slug",
        }),
      };
    }
    const odds = domain("Odds", { resources: [Odd, Tag, Tagging, Album, Artist, Taste, Seat] });
    expect(() => createRepo(studio().database.knex, { domains: [odds] })).toThrow(
      '"Odd.tags" needs the attribute "oddId", which "Tagging" does not have.',
    );
  });

  it("does not take an empty text for a missing value of a key", async () => {
    const { repo, album } = studio();
    const input = [{ code: "", title: "Empty" }];
    await ann("albums", input, { type: "direct_control", useIdentities: ["uniqueCode"] });
    const albums = await repo.query(Album).read();
    expect(albums.map(({ title, id }) => [title, id === album.id])).toEqual([["Empty", false]]);
    expect(await repo.query(Tagging).count()).toBe(0);
  });
});
