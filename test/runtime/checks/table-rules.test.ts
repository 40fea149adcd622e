import { describe, expect, it } from "vitest";
import {
  belongsTo,
  bigint,
  enumeration,
  integer,
  resource,
  string,
  update,
  uuid,
  uuidPrimaryKey,
} from "../../../src/runtime/index.js";
import { findProblems } from "./find-problems.js";

const attributes = { id: uuidPrimaryKey(), name: string().required(), size: integer(), ownerId: uuid() };

/** The codes and messages of what is wrong with a resource of the table "things". */
function problemsOf(options: object): readonly string[] {
  const declaration = { table: "things", attributes, ...options } as never;
  class Thing extends resource(declaration) {}
  return findProblems(Thing as never).map(({ code, message }) => `${code}: ${message}`);
}

describe("the table options of a resource", () => {
  it("are fine as they are meant", () => {
    expect(
      problemsOf({
        schema: "old",
        renamedFrom: "stuff",
        primaryKeyName: "thing_key",
        identities: { named: { attributes: ["name"], where: "size > 0", nullsDistinct: false } },
        indexes: { byName: { on: [{ sql: "lower(name)" }, "size"], include: ["ownerId"], method: "btree" } },
        checks: { sized: "size > 0", named: { sql: "name <> ''", constraintName: "has_name" } },
        foreignKeys: { owner: { attributes: ["ownerId"], references: { table: "users", columns: ["id"] } } },
        statements: { touch: { up: "select 1", down: "select 1" } },
      }),
    ).toEqual([]);
  });

  it.each([
    [
      { indexes: { byName: { on: ["nmae"], include: ["sise"] } } },
      [
        `index.attribute.unknown: The index "byName" names "nmae", which "Thing" does not have.`,
        `index.attribute.unknown: The index "byName" names "sise", which "Thing" does not have.`,
      ],
    ],
    [
      { indexes: { byName: { on: ["name"], include: ["name"] } } },
      [`index.attribute.duplicate: The index "byName" of "Thing" names "name" twice.`],
    ],
    [
      { indexes: { none: { on: [] }, blank: { on: [{ sql: " " }] } } },
      [
        `index.on.empty: The index "none" of "Thing" does not say what is indexed.`,
        `index.on.empty: The index "blank" of "Thing" does not say what is indexed.`,
      ],
    ],
    [
      { identities: { live: { attributes: ["name"], where: "" } } },
      [`identity.where.empty: The identity "live" of "Thing" has an empty condition.`],
    ],
    [{ checks: { sized: "" } }, [`check.sql.empty: The check "sized" of "Thing" has no condition.`]],
    [
      { statements: { touch: { up: "create …" }, drop: { up: "", down: "x" } } },
      [
        `statement.down.missing: The statement "touch" of "Thing" has no down.`,
        `statement.up.missing: The statement "drop" of "Thing" has no up.`,
      ],
    ],
    [
      {
        foreignKeys: {
          owner: { attributes: ["ownerId", "siez"], references: { table: "u", columns: ["id"] } },
        },
      },
      [
        `constraint.attribute.unknown: The foreign key "owner" names "siez", which "Thing" does not have.`,
        `constraint.columns.uneven: The foreign key "owner" of "Thing" names 2 attributes here and 1 columns there.`,
      ],
    ],
    [
      {
        foreignKeys: {
          owner: { attributes: ["name"], references: { table: "u", columns: ["n"] }, onUpdate: "nilify" },
        },
      },
      [
        `constraint.nilify.impossible: The foreign key "owner" of "Thing" nilifies "name", which is required.`,
      ],
    ],
    [
      {
        foreignKeys: {
          owner: {
            attributes: ["ownerId"],
            references: { table: "u", columns: ["n"] },
            onDelete: { nilify: ["name"] },
          },
        },
      },
      [
        `constraint.attribute.unknown: The foreign key "owner" of "Thing" nilifies "name", which is none of its attributes.`,
        `constraint.nilify.impossible: The foreign key "owner" of "Thing" nilifies "name", which is required.`,
      ],
    ],
    [
      {
        primaryKeyName: "same",
        checks: { sized: { sql: "true", constraintName: "same" } },
        indexes: { byName: { on: ["name"], indexName: "x".repeat(64) } },
      },
      [
        `constraint.name.duplicate: Two keys, indexes or constraints of "Thing" are named "same".`,
        `constraint.name.long: "${"x".repeat(64)}" of "Thing" is longer than the 63 bytes that PostgreSQL keeps.`,
      ],
    ],
  ])("are refused where no table can be made of them (%#)", (options, expected) => {
    expect(problemsOf(options)).toEqual(expected);
  });
});

describe("an attribute that the database fills", () => {
  it.each([
    [
      { id: uuidPrimaryKey(), total: integer().default(1).generatedAs("1") },
      `attribute.generated.default: "Thing.total" is worked out by the database, and has a default as well.`,
    ],
    [
      { id: integer().primaryKey().generatedAs("1") },
      `attribute.generated.primary_key: "Thing.id" is part of the primary key and worked out by the database: a record's key must not change with its values.`,
    ],
    [
      { id: uuidPrimaryKey(), size: integer().defaultSql(" ") },
      `attribute.sql.empty: "Thing.size" has an empty defaultSql("").`,
    ],
    [
      { id: uuidPrimaryKey(), state: enumeration("a").native("state").databaseType("state") },
      `attribute.type.twice: "Thing.state" has both native("state") and databaseType("state").`,
    ],
    [
      { id: uuidPrimaryKey(), name: string().generated("identity") },
      `attribute.default.mismatch: "Thing.name" holds string, but "identity" makes something else.`,
    ],
  ])("is refused where that cannot be (%#)", (given, expected) => {
    expect(problemsOf({ attributes: given })).toEqual([expected]);
  });

  it("may be unique, and is accepted by no action", () => {
    class Thing extends resource({
      table: "things",
      attributes: { id: bigint().primaryKey().generated("alwaysIdentity"), size: integer().generatedAs("1") },
      identities: { bySize: ["size"] },
      actions: { set: update({ accept: ["size"] }) },
    }) {}
    expect(findProblems(Thing).map(({ code }) => code)).toEqual(["action.accept.generated"]);
  });

  it("holds no key that the database would have to change", () => {
    class Thing extends resource({
      table: "things",
      attributes: { id: uuidPrimaryKey(), parentId: uuid().generatedAs("null") },
    }) {
      static readonly relationships = { parent: belongsTo(() => Thing, { onDelete: "nilify" }) };
    }
    expect(findProblems(Thing).map(({ code }) => code)).toEqual(["relationship.source_attribute.generated"]);
  });
});

describe("the foreign key of a relationship", () => {
  class Owner extends resource({
    table: "owners",
    attributes: { id: uuidPrimaryKey(), name: string(), gone: integer() },
    identities: { liveName: { attributes: ["name"], where: "gone is null" } },
  }) {}

  it("needs a key there that is unique among all rows, unless there is to be none", () => {
    class Thing extends resource({
      table: "things",
      attributes: { id: uuidPrimaryKey(), owner: string(), keeper: string() },
    }) {
      static readonly relationships = {
        one: belongsTo(() => Owner, { sourceAttribute: "owner", destinationAttribute: "name" }),
        two: belongsTo(() => Owner, {
          sourceAttribute: "keeper",
          destinationAttribute: "name",
          foreignKey: false,
        }),
      };
    }
    expect(findProblems(Owner, Thing).map(({ message }) => message)).toEqual([
      `"Thing.one" refers to "Owner.name", which need not be unique.`,
    ]);
  });

  it("cannot nilify what is required, whatever happens there", () => {
    class Thing extends resource({
      table: "things",
      attributes: { id: uuidPrimaryKey(), ownerId: uuid().required() },
    }) {
      static readonly relationships = {
        owner: belongsTo(() => Owner, { onDelete: "nilify", onUpdate: "nilify" }),
      };
    }
    expect(findProblems(Owner, Thing).map(({ code }) => code)).toEqual([
      "relationship.on_delete.impossible",
      "relationship.on_update.impossible",
    ]);
  });
});
