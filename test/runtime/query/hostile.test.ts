import { describe, expect, it } from "vitest";
import { databaseKinds } from "../../databases/engines.js";
import { findRefusals, useShop } from "../open-shop.js";
import { ada, Profile, Task, User, UserTask, write } from "../shop.js";

/** What JSON from anywhere comes to, typed as the caller hoped for. */
function parse(json: string): never {
  return JSON.parse(json) as never;
}

describe.each(databaseKinds)("hostile input on %s", (kind) => {
  const shop = useShop(kind);
  const filterTasks = (filter: unknown): Promise<string[]> =>
    findRefusals(() =>
      shop()
        .repo.query(Task)
        .filter(filter as never)
        .read(),
    );

  it.each<[string, string]>([
    ['{"id": {}}', "filter.operator.missing at filter.id"],
    ['{"id": []}', "value.type.wrong at filter.id"],
    ['{"id": {"id": "x"}}', "filter.operator.unknown at filter.id.id"],
    ['{"id": {"eq": {}}}', "value.type.wrong at filter.id.eq"],
    ['{"id": {"eq": {"not": null}}}', "value.type.wrong at filter.id.eq"],
    ['{"id": {"in": {"length": 5}}}', "filter.list.invalid at filter.id.in"],
    ['{"id": {"in": "x"}}', "filter.list.invalid at filter.id.in"],
    ['{"id": {"in": [{}]}}', "value.type.wrong at filter.id.in.0"],
    ['{"id": {"in": [null]}}', "filter.value.missing at filter.id.in.0"],
    ['{"id": {"isNull": "no"}}', "filter.value.invalid at filter.id.isNull"],
    ['{"id": {"isNull": 0}}', "filter.value.invalid at filter.id.isNull"],
    ['{"id": true}', "value.type.wrong at filter.id"],
    ['{"id": "1 or 1=1"}', "value.uuid.malformed at filter.id"],
    ['{"id": {"like": "%"}}', "filter.operator.unsuitable at filter.id.like"],
    ['{"id": {"__proto__": {"isNull": false}}}', "filter.operator.unknown at filter.id.__proto__"],
    ['{"title": {"toString": "x"}}', "filter.operator.unknown at filter.title.toString"],
    ['{"title": {"gt": {}}}', "value.type.wrong at filter.title.gt"],
    ['{"title": "\\u0000"}', "value.text.nul at filter.title"],
    ['{"title": {"contains": "\\u0000"}}', "value.text.nul at filter.title.contains"],
    ['{"title": "\\ud800"}', "value.text.malformed at filter.title"],
    ['{"title": {"in": ["a", "\\udfff"]}}', "value.text.malformed at filter.title.in.1"],
    ['{"points": 1e400}', "value.number.fraction at filter.points"],
    ['{"points": "1"}', "value.type.wrong at filter.points"],
    ['{"points": 1e10}', "value.number.range at filter.points"],
    ['{"points": {"gt": []}}', "value.type.wrong at filter.points.gt"],
    ['{"rating": -1e400}', "value.number.infinite at filter.rating"],
    ['{"views": "99999999999999999999"}', "value.number.range at filter.views"],
    ['{"price": "1e999999999"}', "value.decimal.malformed at filter.price"],
    ['{"done": "false"}', "value.type.wrong at filter.done"],
    ['{"done": {"gt": false}}', "filter.operator.unsuitable at filter.done.gt"],
    ['{"dueOn": "2026-02-30"}', "value.date.unreal at filter.dueOn"],
    ['{"doneAt": "infinity"}', "value.datetime.malformed at filter.doneAt"],
    ['{"labels": {"contains": {}}}', "value.type.wrong at filter.labels.contains"],
    ['{"labels": [[]]}', "value.type.wrong at filter.labels.0"],
    ['{"meta": {"a": 1}}', "filter.operator.unknown at filter.meta.a"],
    ['{"meta": {"eq": {}}}', "filter.operator.unsuitable at filter.meta.eq"],
    ['{"meta": "{}"}', "filter.operator.unsuitable at filter.meta"],
    ['{"__proto__": {"id": "x"}}', "filter.name.unknown at filter.__proto__"],
    ['{"constructor": {"name": "x"}}', "filter.name.unknown at filter.constructor"],
    ['{"toString": 1}', "filter.name.unknown at filter.toString"],
    ['{"$join": {}}', "filter.name.unknown at filter.$join"],
    ['{"titel": "x"}', "filter.name.unknown at filter.titel"],
    ['{"users": true}', "filter.invalid at filter.users"],
    ['{"users": [{}]}', "filter.invalid at filter.users"],
    ['{"users": {"__proto__": {}}}', "filter.name.unknown at filter.users.__proto__"],
    ['{"and": {}}', "filter.invalid at filter.and"],
    ['{"and": [[]]}', "filter.invalid at filter.and.0"],
    ['{"or": {"0": {}, "length": 1}}', "filter.invalid at filter.or"],
    ['{"or": [null]}', "filter.invalid at filter.or.0"],
    ['{"not": null}', "filter.invalid at filter.not"],
    ["[]", "filter.invalid at filter"],
    ["null", "filter.invalid at filter"],
    ['"id"', "filter.invalid at filter"],
  ])("refuses the filter %s", async (json, refusal) => {
    const [first] = await filterTasks(parse(json));
    expect(first).toBe(refusal);
  });

  it("takes undefined for a mistake, never for every record", async () => {
    const filters = [
      { id: undefined },
      { id: { eq: undefined } },
      { id: { in: [undefined] } },
      { id: { in: Array(1) } },
      { users: undefined },
      { and: [undefined] },
      { or: Array(1) },
      { not: undefined },
      undefined,
    ];
    expect(await Promise.all(filters.map(filterTasks))).toEqual([
      ["filter.value.missing at filter.id"],
      ["filter.value.missing at filter.id.eq"],
      ["filter.value.missing at filter.id.in.0"],
      ["filter.value.missing at filter.id.in.0"],
      ["filter.invalid at filter.users"],
      ["filter.invalid at filter.and.0"],
      ["filter.invalid at filter.or.0"],
      ["filter.invalid at filter.not"],
      ["filter.invalid at filter"],
    ]);
  });

  it("tells all that is wrong at once, and of a long list the first ten", async () => {
    expect(
      await filterTasks({ titel: 1, points: "x", users: { nmae: 1 }, or: [{ id: 1 }, { done: 1 }] }),
    ).toEqual([
      "filter.name.unknown at filter.titel",
      "value.type.wrong at filter.points",
      "filter.name.unknown at filter.users.nmae",
      "value.type.wrong at filter.or.0.id",
      "value.type.wrong at filter.or.1.done",
    ]);
    expect(
      await filterTasks({ id: { in: Array.from({ length: 65_536 }, () => "x") }, done: 1 }),
    ).toHaveLength(11);
  });

  it("refuses filters that are deeper or wider than a database takes", async () => {
    const deep = (open: string, close: string): never =>
      parse(open.repeat(100_000) + "{}" + close.repeat(100_000));
    expect((await filterTasks(deep('{"not":', "}")))[0]).toMatch(/^filter\.too_deep at filter\.not\.not/);
    expect((await filterTasks(deep('{"and":[', "]}")))[0]).toMatch(/^filter\.too_deep/);
    expect((await filterTasks(deep('{"users":{"tasks":', "}}")))[0]).toMatch(/^filter\.too_deep/);
    expect((await filterTasks({ id: deep('{"eq":', "}") }))[0]).toMatch(/^value\.type\.wrong/);
    expect(await filterTasks({ or: Array.from({ length: 10_001 }, () => ({ done: true })) })).toEqual([
      "filter.too_large at filter",
    ]);
    for (const each of [{ users: {} }, {}, { and: [] }, { body: null }]) {
      expect(await filterTasks({ or: Array.from({ length: 10_001 }, () => each) })).toEqual([
        "filter.too_large at filter",
      ]);
    }
    const prices = Array.from({ length: 65_536 }, (_, index) => String(index));
    const refused = kind === "sqlite" ? ["filter.too_large at filter"] : [];
    expect(await filterTasks({ price: { in: prices } })).toEqual(refused);
    expect(await filterTasks({ ["x".repeat(1_000_000)]: 1 })).toHaveLength(1);
  });

  it.each<[string, string]>([
    ['"titel"', "sort.name.unknown at sort.0"],
    ['"__proto__"', "sort.name.unknown at sort.0"],
    ['{"__proto__": "asc"}', "sort.name.unknown at sort.0.__proto__"],
    ['{"constructor": "asc"}', "sort.name.unknown at sort.0.constructor"],
    ['{"title": "asc; drop table users"}', "sort.direction.invalid at sort.0.title"],
    ['{"title": {}}', "sort.direction.invalid at sort.0.title"],
    ['{"title": {"direction": "asc", "nulls": "up"}}', "sort.direction.invalid at sort.0.title"],
    ['{"title": ["asc"]}', "sort.direction.invalid at sort.0.title"],
    ['{"title": null}', "sort.direction.invalid at sort.0.title"],
    ['{"$join": {"role": "asc"}}', "sort.name.unknown at sort.0.$join"],
    ["null", "sort.invalid at sort.0"],
    ["7", "sort.invalid at sort.0"],
    ['["title"]', "sort.invalid at sort.0"],
  ])("refuses the sort %s", async (json, refusal) => {
    expect(await findRefusals(() => shop().repo.query(Task).sort(parse(json)).read())).toEqual([refusal]);
  });

  it("takes a sort, a select and a distinct of thousands of names for those that they name", async () => {
    const names = Array.from({ length: 65_536 }, () => "title" as const);
    const tasks = await shop()
      .repo.query(Task)
      .sort(...names)
      .distinct(...names)
      .select(...names)
      .read();
    expect(tasks.map(({ title }) => title)).toEqual(["Read", "Rest", "Write"]);
  });

  it.each(['"__proto__"', '"titel"', '"users"', "null", "{}", '{"toString": 1}', "[]", '["id"]', "7"])(
    "refuses the name %s in a select, a distinct, a load",
    async (json) => {
      const { repo } = shop();
      const select = await findRefusals(() => repo.query(Task).select(parse(json)));
      expect(select).toEqual(["select.name.unknown at select.0"]);
      const distinct = await findRefusals(() => repo.query(Task).distinct(parse(json)));
      expect(distinct).toEqual(["distinct.name.unknown at distinct.0"]);
      const load = await findRefusals(() => repo.query(Task).load(parse(json)));
      expect(load).toEqual(json === '"users"' ? [] : ["relationship.unknown at load"]);
    },
  );

  it.each<[string, string]>([
    ["null", "filter.value.missing at id"],
    ['""', "value.uuid.malformed at id"],
    ["1", "value.type.wrong at id"],
    ["[]", "value.type.wrong at id"],
    [`["${ada}"]`, "value.type.wrong at id"],
    ["{}", "key.invalid at "],
    ['{"id": {}}', "value.type.wrong at id"],
    ['{"id": {"not": null}}', "value.type.wrong at id"],
    ['{"id": {"in": []}}', "value.type.wrong at id"],
    ['{"id": null}', "filter.value.missing at id"],
    ['{"email": {"like": "%"}}', "value.type.wrong at email"],
    ['{"email": "\\u0000"}', "value.text.nul at email"],
    ['{"name": "Ada"}', "key.invalid at "],
    [`{"id": "${ada}", "name": "Ada"}`, "key.invalid at "],
    [`{"__proto__": {"id": "${ada}"}}`, "key.invalid at "],
    ['{"or": []}', "key.invalid at "],
  ])("refuses the key %s", async (json, refusal) => {
    expect(await findRefusals(() => shop().repo.get(User, parse(json)))).toEqual([refusal]);
    expect(await findRefusals(() => shop().repo.query(User).get(parse(json)))).toEqual([refusal]);
  });

  it("refuses a part of a composite key, and keys of undefined", async () => {
    const { repo } = shop();
    const get = (key: unknown): Promise<string[]> => findRefusals(() => repo.get(UserTask, key as never));
    expect(await get({ userId: ada })).toEqual(["key.invalid at "]);
    expect(await get({ userId: ada, taskId: undefined })).toEqual(["filter.value.missing at taskId"]);
    expect(await get({ userId: ada, taskId: { not: null } })).toEqual(["value.type.wrong at taskId"]);
    expect(await get(ada)).toEqual(["key.invalid at "]);
    expect(await get(undefined)).toEqual(["key.invalid at "]);
    expect(await findRefusals(() => repo.get(User, undefined as never))).toEqual([
      "filter.value.missing at id",
    ]);
    expect(await findRefusals(() => repo.get(User, { id: undefined } as never))).toEqual([
      "filter.value.missing at id",
    ]);
    expect((await repo.get(Profile, { userId: ada } as never)).bio).toBe("Counts.");
    expect((await repo.get(UserTask, { taskId: write, userId: ada })).role).toBe("owner");
  });

  it.each([
    "null",
    "7",
    "[]",
    "{}",
    '{"all": "counts"}',
    '{"all": {"count": "x"}}',
    '{"all": {"sum": {"__proto__": "x"}}}',
  ])("refuses the aggregate %s", async (json) => {
    const [refusal] = await findRefusals(() => shop().repo.query(Task).aggregate(parse(json)));
    expect(refusal).toMatch(/^aggregate\.invalid at aggregate/);
  });

  it("lets no name of an aggregate do harm", async () => {
    const specs = parse(
      `{"__proto__": "count", "${"n".repeat(100)}": "count", "\\"; drop table users": "count", "?": "count"}`,
    );
    const figures = await shop().repo.query(Task).aggregate(specs);
    expect(Object.entries(figures)).toEqual([
      ["__proto__", 3],
      ["n".repeat(100), 3],
      ['"; drop table users', 3],
      ["?", 3],
    ]);
  });

  it.each<[string, string, number]>([
    ["not", '{"not":', 25],
    ["parent", '{"parent":', 5],
    ["not parent", '{"not":{"parent":', 4],
    ["and", '{"and":[{"body":"x"},', 16],
    ["or parent", '{"body":"x","or":[{"body":"y"},{"parent":', 3],
  ])("reads %s nested, or refuses it before the database does", async (_name, open, depth) => {
    const close = Array.from(open.replace(/\{"body":"."\}/g, "").replace(/[^[{]/g, ""))
      .map((each) => (each === "{" ? "}" : "]"))
      .toReversed()
      .join("");
    const nest = (times: number): never => parse(`${open.repeat(times)}{"body":"q"}${close.repeat(times)}`);
    const query = (times: number) =>
      shop()
        .repo.query(Task)
        .filter({ comments: nest(times) });
    for (const times of [1, depth]) {
      expect(await findRefusals(() => query(times).distinct("points").count())).toEqual([]);
      expect(await findRefusals(() => query(times).aggregate({ all: "count" }))).toEqual([]);
      expect(await findRefusals(() => query(times).page({ size: 3 }))).toEqual([]);
    }
    const refusals = [];
    for (let times = depth; times < 64; times += 6)
      refusals.push(...(await findRefusals(() => query(times).distinct("points").count())));
    expect(new Set(refusals.map((each) => each.split(" ")[0]))).toEqual(new Set(["filter.too_deep"]));
  });
});
