import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  belongsTo,
  createRepo,
  domain,
  hasMany,
  integer,
  manyToMany,
  resource,
  string,
  type Repo,
} from "../../../src/runtime/index.js";
import { databaseKinds, databaseTimeout, openDatabase, type TestDatabase } from "../../databases/engines.js";

class Odd extends resource({
  table: 'odd "table"?',
  attributes: {
    id: integer().primaryKey(),
    name: string().required().column('the "name"?'),
    select: integer().column("sel ect?"),
    dashed: string().column("%s ?? :name"),
  },
}) {
  static readonly relationships = {
    joins: hasMany(() => OddJoin, { destinationAttribute: "leftId" }),
    others: manyToMany(() => Odd, {
      through: () => OddJoin,
      sourceAttributeOnJoinResource: "leftId",
      destinationAttributeOnJoinResource: "rightId",
    }),
  };
}

/** Named as the runtime might name a table in a subquery. */
class OddJoin extends resource({
  table: "r1",
  attributes: {
    leftId: integer().primaryKey().column("left?"),
    rightId: integer().primaryKey().column('"right"'),
    weight: integer().column("$key"),
  },
}) {
  static readonly relationships = {
    left: belongsTo(() => Odd, { sourceAttribute: "leftId" }),
    right: belongsTo(() => Odd, { sourceAttribute: "rightId" }),
  };
}

const Oddities = domain("Oddities", { resources: [Odd, OddJoin] });

describe.each(databaseKinds)("odd names on %s", (kind) => {
  let database: TestDatabase;
  let repo: Repo;
  beforeAll(async () => {
    database = await openDatabase(kind);
    // By hand: a project's own table may be named as nobody would make one.
    const run = async (sql: string): Promise<void> => void (await database.knex.raw(sql));
    const escape = kind === "sqlite" ? "?" : "\\?";
    await run(`create table "odd ""table""${escape}" ("id" integer primary key, "the ""name""${escape}" text not null,
      "sel ect${escape}" integer, "%s ${escape}${escape} :name" text)`);
    await run(`create table "r1" ("left${escape}" integer, """right""" integer, "$key" integer)`);
    await run(
      `insert into "odd ""table""${escape}" values (1, 'one', 3, 'a'), (2, 'two', 2, 'b'), (3, 'three', 1, null)`,
    );
    await run(`insert into "r1" values (1, 2, 20), (1, 3, 10), (2, 3, 30)`);
    repo = createRepo(database.knex, { domains: [Oddities] });
  }, databaseTimeout);
  afterAll(() => database.close());

  it("filters, sorts and reads by them", async () => {
    const query = repo.query(Odd).filter({ name: { contains: "t" }, select: { in: [1, 2] } });
    expect(await query.sort("select").read()).toEqual([
      new Odd({ id: 3, name: "three", select: 1, dashed: null }),
      new Odd({ id: 2, name: "two", select: 2, dashed: "b" }),
    ]);
    expect(await query.filter({ dashed: "b" }).count()).toBe(1);
    expect(await query.distinct("select").select("dashed").read()).toHaveLength(2);
    expect(
      await repo.query(Odd).aggregate({ sum: { sum: "select" }, weights: { sum: { joins: "weight" } } }),
    ).toEqual({
      sum: 6,
      weights: 60,
    });
  });

  it("goes through relationships by them", async () => {
    const filtered = await repo
      .query(Odd)
      .filter({ joins: { weight: { gt: 15 } } })
      .sort("id")
      .read();
    expect(filtered.map(({ id }) => id)).toEqual([1, 2]);
    const inverse = await repo
      .query(OddJoin)
      .filter({ left: { joins: { right: { id: 2 } } } })
      .sort("weight")
      .read();
    expect(inverse.map(({ weight }) => weight)).toEqual([10, 20]);
    const loaded = await repo
      .query(Odd)
      .sort("id")
      .load("others", (others) =>
        others
          .sort({ $join: { weight: "asc" } })
          .limit(1)
          .load("joins"),
      )
      .read();
    expect(loaded.map(({ others }) => others.map(({ id, $join }) => [id, $join.weight]))).toEqual([
      [[3, 10]],
      [[3, 30]],
      [],
    ]);
  });

  it("pages and streams by them", async () => {
    const first = await repo.query(Odd).sort({ dashed: "desc" }).page({ size: 2 });
    expect(first.records.map(({ id }) => id)).toEqual([3, 2]);
    const next = await repo.query(Odd).sort({ dashed: "desc" }).page({ size: 2, after: first.endCursor });
    expect(next.records.map(({ id }) => id)).toEqual([1]);
    const streamed: number[] = [];
    for await (const { id } of repo.query(Odd).sort("select").stream({ batchSize: 1 })) streamed.push(id);
    expect(streamed).toEqual([3, 2, 1]);
  });
});
