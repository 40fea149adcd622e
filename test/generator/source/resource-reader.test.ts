import { describe, expect, test } from "vitest";
import { parseSource } from "../../../src/generator/source/parser.js";
import { findResources } from "../../../src/generator/source/resource-reader.js";

const names = [
  ...[
    "belongsTo",
    "decimal",
    "enumeration",
    "hasMany",
    "hasOne",
    "integer",
    "integerPrimaryKey",
    "manyToMany",
  ],
  ...["resource", "string", "text", "timestamps", "uuid", "uuidPrimaryKey", "uuidV7PrimaryKey", "datetime"],
];
const imports = `import { ${names.join(", ")} } from "ashlar";\n`;

const find = (text: string) => findResources(parseSource(imports + text, "src/accounts/user.ts"));

/** The resource User with these options. */
function read(options: string, body = "") {
  const [found] = find(`export class User extends resource({ ${options} }) { ${body} }`);
  if (found === undefined) throw new Error("no resource was found");
  return found;
}

const readAttributes = (attributes: string) => read(`attributes: { ${attributes} }`).attributes.items;

describe("the type of an attribute", () => {
  test.each([
    [`decimal().databaseType("money")`, { kind: "decimal", databaseType: "money" }],
    [`text().required().databaseType(money)`, { kind: "text", databaseType: "money" }],
    [
      `text().databaseType("citext").array()`,
      { kind: "array", of: { kind: "text", databaseType: "citext" } },
    ],
    [
      `text().array().databaseType("citext[]")`,
      { kind: "array", of: { kind: "text" }, databaseType: "citext[]" },
    ],
    [`enumeration("a", "b").native("kind").required()`, { kind: "enum", values: ["a", "b"], native: "kind" }],
    [`text().native("kind")`, { kind: "text" }],
    [`text().databaseType(find())`, undefined],
    [`enumeration("a").native(find())`, undefined],
  ])("is read with its name in the database: %s", (expression, type) => {
    const [found] = find(
      `const money = "money";\nclass User extends resource({ attributes: { it: ${expression} } }) {}`,
    );
    expect(found?.attributes.items[0]?.type).toEqual(type);
  });

  test.each([
    [`text().renamedFrom("name").required()`, "name"],
    [`text().renamedFrom("name").renamedFrom("called")`, "called"],
    [`text()`, undefined],
    [`text().renamedFrom(find())`, undefined],
  ])("goes with the name that the column had: %s", (expression, name) => {
    expect(readAttributes(`it: ${expression}`)[0]?.renamedFrom).toBe(name);
  });
});

describe("a resource", () => {
  test("is read with its table, its description and how it is exported", () => {
    expect(read(`table: "users", description: "People.", attributes: {}`)).toMatchObject({
      name: "User",
      path: "src/accounts/user.ts",
      exported: { kind: "named", name: "User" },
      table: "users",
      description: "People.",
    });
  });

  test.each([
    ["class A extends resource({}) {}", { kind: "none" }],
    ["export class A extends resource({}) {}", { kind: "named", name: "A" }],
    ["export default class A extends resource({}) {}", { kind: "default" }],
    ["class A extends resource({}) {} export default A;", { kind: "default" }],
    ["class A extends resource({}) {} export { A };", { kind: "named", name: "A" }],
    ["class A extends resource({}) {} export { A as B };", { kind: "named", name: "B" }],
    ["class A extends resource({}) {} export { A as default };", { kind: "default" }],
    ["class A extends resource({}) {} export { A } from './other.js';", { kind: "none" }],
    ["@dec() export abstract class A extends resource({}) {}", { kind: "named", name: "A" }],
  ])("leaves its file as its file says: %s", (text, exported) => {
    expect(find(text)).toMatchObject([{ name: "A", exported }]);
  });

  test("is found under every name that ashlar's resource may have", () => {
    const named = `import { resource as define } from "ashlar"; class A extends define({}) {}`;
    const whole = `import * as ashlar from "ashlar"; class A extends ashlar.resource({}) {}`;
    expect(findResources(parseSource(named, "a.ts"))).toHaveLength(1);
    expect(findResources(parseSource(whole, "a.ts"))).toHaveLength(1);
  });

  test("is none where the base is something else", () => {
    const other = `import { resource } from "./resources.js"; class A extends resource({}) {} class B {}`;
    expect(findResources(parseSource(other, "a.ts"))).toEqual([]);
  });

  test("may stand with others in one file, in order", () => {
    const text = `class A extends resource({}) {} class B extends Base {} class C extends resource({}) {}`;
    expect(find(text).map(({ name }) => name)).toEqual(["A", "C"]);
  });

  test("may be declared through constants and wrappers", () => {
    const text = `const table = "users"; const attributes = { id: uuidPrimaryKey() } as const;
      const options = ({ table, attributes } satisfies Options);
      const Base = resource(options as const);
      export class User extends Base {}`;
    expect(find(text)).toMatchObject([
      { table: "users", primaryKey: ["id"], attributes: { complete: true } },
    ]);
  });

  test("is not read from what may change, nor from constants that lead in a circle", () => {
    const changing = `let table = "users"; class User extends resource({ table }) {}`;
    const circle = `const a = b; const b = a; class User extends resource({ table: a, attributes: b }) {}`;
    expect(find(changing)[0]).not.toHaveProperty("table");
    expect(find(circle)).toMatchObject([{ name: "User", attributes: { complete: false } }]);
  });

  test("has no table where it is computed, and nothing known where its options are", () => {
    expect(read("table: prefix + 'users'")).not.toHaveProperty("table");
    expect(find("class A extends resource(build()) {}")).toMatchObject([
      { name: "A", attributes: { complete: false }, identities: { complete: false } },
    ]);
  });
});

describe("attributes", () => {
  test("are read in order, with their types", () => {
    const types = readAttributes(
      `a: string(), b: string(80), c: text(), d: decimal(10, 2), e: decimal(), f: enumeration("x", 'y'),
       g: integer().array(), "h-i": uuid(), ["j"]: datetime().required().array().array()`,
    ).map(({ name, type }) => [name, type]);
    expect(types).toEqual([
      ["a", { kind: "string" }],
      ["b", { kind: "string", length: 80 }],
      ["c", { kind: "text" }],
      ["d", { kind: "decimal", precision: 10, scale: 2 }],
      ["e", { kind: "decimal" }],
      ["f", { kind: "enum", values: ["x", "y"] }],
      ["g", { kind: "array", of: { kind: "integer" } }],
      ["h-i", { kind: "uuid" }],
      ["j", { kind: "array", of: { kind: "array", of: { kind: "datetime" } } }],
    ]);
  });

  test("are read with what their chain says", () => {
    expect(
      readAttributes(`email: string(80) /* c */
        .required().unique().index().private().sensitive().column("mail").column("e_mail").default("x")`)[0],
    ).toMatchObject({
      required: true,
      unique: true,
      index: true,
      private: true,
      sensitive: true,
      primaryKey: false,
      column: "e_mail",
    });
    expect(readAttributes("name: string()")[0]).toEqual({
      ...{ name: "name", expression: "string()", type: { kind: "string" } },
      ...{
        required: false,
        primaryKey: false,
        unique: false,
        index: false,
        private: false,
        sensitive: false,
      },
    });
  });

  test("that generate their key say which", () => {
    const keys = readAttributes("a: uuidPrimaryKey(), b: uuidV7PrimaryKey(), c: integerPrimaryKey()");
    expect(keys.map(({ generated, type }) => [generated, type?.kind])).toEqual([
      ["uuid", "uuid"],
      ["uuidV7", "uuid"],
      ["integer", "integer"],
    ]);
    expect(keys.every(({ primaryKey, required }) => primaryKey && required)).toBe(true);
  });

  test("of unknown make have no type", () => {
    const made = readAttributes(
      "a: email(), b: money, c: string(length), d: enumeration(...words), e: x.string()",
    );
    expect(made.map(({ name, type }) => [name, type])).toEqual(
      ["a", "b", "c", "d", "e"].map((name) => [name, undefined]),
    );
  });

  test("may start from a constant of the file", () => {
    const text = `const word = string(40); class A extends resource({ attributes: { a: word.required() } }) {}`;
    expect(find(text)[0]?.attributes.items).toMatchObject([{ type: { length: 40 }, required: true }]);
  });

  test("are all known where nothing but timestamps is spread", () => {
    expect(read("attributes: { id: uuid(), ...timestamps() }")).toMatchObject({
      attributes: { complete: true },
      timestamps: "camelCase",
    });
    expect(read(`attributes: { ...timestamps("snake_case") }`).timestamps).toBe("snake_case");
  });

  test.each(["...shared", "[key]: uuid()", "get a() { return uuid(); }", "...timestamps"])(
    "are not all known with %s",
    (property) => {
      const found = read(`attributes: { id: uuidPrimaryKey(), ${property} }`);
      expect(found.attributes).toMatchObject({ complete: false, items: [{ name: "id" }] });
      expect(found).not.toHaveProperty("primaryKey");
      expect(found).not.toHaveProperty("timestamps");
    },
  );

  test("are not known where the options bring them by a spread", () => {
    expect(read("...shared").attributes).toEqual({ items: [], complete: false });
  });
});

describe("the primary key", () => {
  test("keeps the order of the attributes", () => {
    const key = read(
      "attributes: { b: uuid().primaryKey(), name: string(), a: uuid().required().primaryKey() }",
    );
    expect(key.primaryKey).toEqual(["b", "a"]);
  });

  test("is unknown where no attribute is seen to be one", () => {
    expect(read("attributes: { id: id(), name: string() }")).not.toHaveProperty("primaryKey");
  });
});

describe("relationships", () => {
  test("are read with the classes they lead to, by the names of their own files", () => {
    const found = find(`import { Task as Work } from "./task.js"; import Profile from "./profile.js";
      class User extends resource({}) {
        static readonly relationships = {
          tasks: manyToMany(() => Work, { through: () => joins.UserTask, sourceAttributeOnJoinResource: "userId" }),
          profile: hasOne(() => Profile),
          team: belongsTo(() => Team, { sourceAttribute: 'team', onDelete: rule }),
        } as const;
      }`)[0]?.relationships;
    expect(found).toMatchObject({
      complete: true,
      items: [
        {
          ...{ name: "tasks", kind: "manyToMany", destination: "Task", through: "UserTask" },
          options: { sourceAttributeOnJoinResource: "userId" },
        },
        { name: "profile", kind: "hasOne", destination: "Profile", options: {} },
        { name: "team", kind: "belongsTo", destination: "Team", options: { sourceAttribute: "team" } },
      ],
    });
  });

  test("of unknown make have a name alone, and so have destinations", () => {
    const found = read("", "static relationships = { a: related(), b: hasMany(findClass) };").relationships;
    expect(found.items.map(({ name, kind, destination }) => [name, kind, destination])).toEqual([
      ["a", undefined, undefined],
      ["b", "hasMany", undefined],
    ]);
  });

  test("are none where the class has none of its own, static ones", () => {
    expect(read("", "relationships = { a: 1 };").relationships).toEqual({ items: [], complete: true });
  });

  test("are not all known behind a spread, a function or an accessor", () => {
    expect(read("", "static relationships = { ...shared };").relationships.complete).toBe(false);
    expect(read("", "static relationships = build();").relationships.complete).toBe(false);
    expect(read("", "static get relationships() { return {}; }").relationships.complete).toBe(false);
  });
});

describe("identities and default actions", () => {
  test("are read in order", () => {
    const found = read(
      `identities: { uniqueEmail: ["email"], byName: ["team", "name"] as const, odd: keys() },
       actions: { defaults: ["read", "create"] }`,
    );
    expect(found.identities).toEqual({
      items: [
        { name: "uniqueEmail", attributes: ["email"] },
        { name: "byName", attributes: ["team", "name"] },
        { name: "odd" },
      ],
      complete: true,
    });
    expect(found.defaultActions).toEqual({ items: ["read", "create"], complete: true });
  });

  test("are none where they are absent, and unknown where they are computed", () => {
    expect(read("table: 'users'").defaultActions).toEqual({ items: [], complete: true });
    expect(read("actions: {}").defaultActions).toEqual({ items: [], complete: true });
    expect(read("actions: { defaults: [...all] }").defaultActions).toEqual({ items: [], complete: false });
    expect(read("actions: build()").defaultActions).toEqual({ items: [], complete: false });
    expect(read("identities: build()").identities).toEqual({ items: [], complete: false });
  });
});
