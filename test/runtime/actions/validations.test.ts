import { describe, expect, it } from "vitest";
import {
  absent,
  all,
  any,
  attributeEquals,
  attributeIn,
  boolean,
  changing,
  compare,
  confirm,
  create,
  createRepo,
  date,
  datetime,
  decimal,
  domain,
  integer,
  match,
  negate,
  oneOf,
  present,
  resource,
  string,
  stringLength,
  text,
  update,
  uuidPrimaryKey,
  type Validation,
} from "../../../src/runtime/index.js";
import { databaseKinds, openDatabase } from "../../databases/engines.js";
import { createTables } from "../shop.js";

const attributes = {
  id: uuidPrimaryKey(),
  name: string(),
  note: text(),
  size: integer(),
  price: decimal(10, 2),
  startsOn: date(),
  endsOn: date(),
  seenAt: datetime(),
  done: boolean(),
  tags: text().array(),
  secret: string().sensitive(),
};

const record = { name: "Old", size: 5, price: "2.00", startsOn: "2026-01-02", done: true, secret: "hush" };

/** What the validations say of an input, without any database: changesets send nothing before they are carried out. */
async function judge(
  validations: readonly Validation[],
  input: object,
  existing?: object,
): Promise<string[]> {
  class Thing extends resource({
    table: "things",
    attributes,
    actions: {
      create: create({ arguments: { again: string(), limit: integer() }, validations }),
      update: update({ arguments: { again: string(), limit: integer() }, validations }),
    },
  }) {}
  const database = await openDatabase("sqlite");
  const repo = createRepo(database.knex, { domains: [domain("Things", { resources: [Thing] })] });
  const changeset =
    existing === undefined
      ? repo.changeset(Thing).forCreate(input)
      : repo.changeset(Thing, existing).forUpdate(input);
  await database.close();
  return changeset.errors.map(({ code, path, message }) => `${code} at ${path.join(".")}: ${message}`);
}

type Case = readonly [words: string, validation: Validation, input: object, expected: readonly string[]];

const creates: readonly Case[] = [
  ["present passes", present("name", "size"), { name: "x", size: 0 }, []],
  [
    "present refuses",
    present("name", "tags"),
    { name: "", tags: [] },
    ["attribute.required at name: name is required.", "attribute.required at tags: tags is required."],
  ],
  ["present of an argument", present("again"), {}, ["attribute.required at again: again is required."]],
  [
    "present in other words",
    present("name", { message: "Say it." }),
    {},
    ["attribute.required at name: Say it."],
  ],
  ["absent passes", absent("name"), { name: null }, []],
  [
    "absent refuses",
    absent("name"),
    { name: "x" },
    ["attribute.unwanted at name: name has to be left empty."],
  ],
  ["match passes null", match("name", /^a/), {}, []],
  ["match passes", match("name", /^a/g), { name: "abc" }, []],
  [
    "match refuses",
    match("name", /^a/),
    { name: "bc" },
    ["attribute.no_match at name: name does not have the form that is wanted."],
  ],
  ["stringLength counts characters", stringLength("name", { max: 2 }), { name: "🎈🎈" }, []],
  [
    "stringLength refuses short",
    stringLength("name", { min: 2 }),
    { name: "a" },
    ["attribute.too_short at name: name must have at least 2 characters."],
  ],
  [
    "stringLength refuses long",
    stringLength("again", { max: 1 }),
    { again: "ab" },
    ["attribute.too_long at again: again may have at most 1 character."],
  ],
  ["oneOf passes", oneOf("name", ["a", "b"]), { name: "b" }, []],
  [
    "oneOf refuses",
    oneOf("name", ["a", "b"]),
    { name: "c" },
    ['attribute.not_one_of at name: name must be "a" or "b".'],
  ],
  ["oneOf of decimals", oneOf("price", [2, "3.5"]), { price: "3.50" }, []],
  ["compare numbers", compare("size", { greaterThan: 1, lessThanOrEqual: 3 }), { size: 3 }, []],
  [
    "compare refuses",
    compare("size", { greaterThan: 1, lessThan: 3 }),
    { size: 1 },
    ["attribute.too_small at size: size must be greater than 1."],
  ],
  [
    "compare decimals by worth",
    compare("price", { greaterThanOrEqual: 10 }),
    { price: "9.5" },
    ["attribute.too_small at price: price must be at least 10."],
  ],
  [
    "compare dates",
    compare("seenAt", { lessThan: new Date(0) }),
    { seenAt: new Date(0) },
    ["attribute.too_large at seenAt: seenAt must be less than 1970-01-01T00:00:00.000Z."],
  ],
  [
    "compare with another",
    compare("endsOn", { greaterThan: { attribute: "startsOn" } }),
    { startsOn: "2026-01-02", endsOn: "2026-01-01" },
    ["attribute.too_small at endsOn: endsOn must be greater than startsOn."],
  ],
  [
    "compare with an argument",
    compare("size", { lessThan: { attribute: "limit" } }),
    { size: 5, limit: 5 },
    ["attribute.too_large at size: size must be less than limit."],
  ],
  [
    "compare passes null",
    compare("endsOn", { greaterThan: { attribute: "startsOn" } }),
    { startsOn: "2026-01-02" },
    [],
  ],
  ["confirm passes", confirm("name", "again"), { name: "a", again: "a" }, []],
  [
    "confirm refuses",
    confirm("secret", "again"),
    { secret: "hush", again: "hash" },
    ["attribute.not_confirmed at again: again is not the same as secret."],
  ],
  [
    "changing refuses",
    changing("name"),
    {},
    ["attribute.unchanged at name: name has to be another than it is."],
  ],
  ["attributeEquals passes", attributeEquals("price", 2), { price: "2" }, []],
  [
    "attributeEquals refuses",
    attributeEquals("done", true),
    { done: false },
    ["attribute.not_equal at done: done must be true."],
  ],
  ["attributeEquals null", attributeEquals("done", null), {}, []],
  [
    "attributeIn refuses, and tells nothing of what is sensitive",
    attributeIn("secret", ["a", "b"]),
    { secret: "hush" },
    ["attribute.not_one_of at secret: secret must have another value."],
  ],
  ["negate passes", negate(attributeEquals("name", "x")), { name: "y" }, []],
  [
    "negate refuses",
    negate(oneOf("name", ["root"])),
    { name: "root" },
    ["attribute.refused at name: name may not have this value."],
  ],
  ["negate says nothing of nothing", negate(match("name", /x/)), {}, []],
  [
    "all tells all",
    all(present("name"), present("note")),
    {},
    ["attribute.required at name: name is required.", "attribute.required at note: note is required."],
  ],
  [
    "all in one sentence",
    all(present("name"), present("note"), { message: "Both." }),
    {},
    ["attribute.required at name: Both."],
  ],
  ["any passes", any(present("name"), present("note")), { note: "x" }, []],
  [
    "any refuses",
    any(present("name"), present("note")),
    {},
    ["attribute.no_alternative at : Either name is required, or note is required."],
  ],
];

const updates: readonly Case[] = [
  ["present looks at the record", present("name"), {}, []],
  [
    "present looks at what it becomes",
    present("name"),
    { name: null },
    ["attribute.required at name: name is required."],
  ],
  ["match leaves alone what does not change", match("name", /^a/), { size: 1 }, []],
  [
    "match looks at what changes",
    match("name", /^a/),
    { name: "b" },
    ["attribute.no_match at name: name does not have the form that is wanted."],
  ],
  ["negate leaves alone what does not change", negate(match("name", /x/)), { size: 1 }, []],
  [
    "compare looks at both",
    compare("endsOn", { greaterThan: { attribute: "startsOn" } }),
    { endsOn: "2026-01-01" },
    ["attribute.too_small at endsOn: endsOn must be greater than startsOn."],
  ],
  [
    "changing refuses the same",
    changing("name"),
    { name: "Old" },
    ["attribute.unchanged at name: name has to be another than it is."],
  ],
  ["changing passes", changing("name"), { name: "New" }, []],
  [
    "attributeEquals looks at the record",
    attributeEquals("done", false),
    {},
    ["attribute.not_equal at done: done must be false."],
  ],
  ["confirm asks for nothing where nothing is given", confirm("secret", "again"), { size: 1 }, []],
];

describe("the built-in validations", () => {
  it.each(creates)("of a create: %s", async (_, validation, input, expected) => {
    expect(await judge([validation], input)).toEqual(expected);
  });

  it.each(updates)("of an update: %s", async (_, validation, input, expected) => {
    expect(await judge([validation], input, record)).toEqual(expected);
  });

  it("are all asked, and what is missing anyway is told once", async () => {
    const found = await judge([present("name"), stringLength("note", { min: 5 })], { note: "x" });
    expect(found).toHaveLength(2);
  });
});

describe.each(databaseKinds)("a sensitive value on %s", (kind) => {
  it("stands in no error, whoever refuses it", async () => {
    class Vault extends resource({
      table: "vaults",
      attributes: { id: uuidPrimaryKey(), secret: string(12).required().unique().sensitive() },
      actions: { defaults: ["read"], create: create({ validations: [match("secret", /^[a-z-]+$/)] }) },
    }) {}
    const database = await openDatabase(kind);
    await createTables(database.knex, [Vault]);
    const repo = createRepo(database.knex, { domains: [domain("Vaults", { resources: [Vault] })] });
    await repo.create(Vault, { secret: "hush-hush" });
    for (const secret of ["hush-hush", "HUSH-HUSH", "hush-hush-far-too-long"]) {
      const error: unknown = await repo.create(Vault, { secret }).catch((thrown: unknown) => thrown);
      const { message, issues, cause } = error as { message: string; issues: unknown; cause?: Error };
      const said = [
        message,
        JSON.stringify(error),
        JSON.stringify(issues),
        cause?.message,
        JSON.stringify(cause),
      ];
      expect(said.join("\n").toLowerCase()).not.toContain("hush");
      expect(issues).toHaveLength(1);
    }
    await database.close();
  }, 60_000);
});
