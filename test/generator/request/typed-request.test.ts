import { describe, expect, test } from "vitest";
import { parseIdentity, parseInverse } from "../../../src/generator/request/named-list-grammar.js";
import { Problems } from "../../../src/generator/request/problems.js";
import { readRequest } from "../../../src/generator/request/typed-request.js";
import type { ResourceRequest } from "../../../src/generator/resource-request.js";
import { read, refuse } from "./read.js";

const bare: ResourceRequest = {
  ...{ name: "Note", primaryKey: [], attributes: [], relationships: [], identities: [], inverse: [] },
  ...{ timestamps: false, references: true, ignoreIfExists: false, migration: true },
};

function readFlags(flags: Partial<ResourceRequest>) {
  const problems = new Problems();
  return { typed: readRequest({ ...bare, ...flags }, problems), problems: problems.list };
}

describe("an inverse", () => {
  test("names the other end, and for a join resource the list of its rows there", () => {
    expect(read(parseInverse, "user:tasks")).toEqual({ relationship: "user", name: "tasks" });
    expect(read(parseInverse, "user:tasks:memberships")).toMatchObject({ joinName: "memberships" });
  });

  test.each(["user", "user:", ":tasks", "user:tasks:", "a:b:c:d"])("of the form %s is malformed", (entry) => {
    expect(refuse(parseInverse, entry)).toMatchObject([{ code: "inverse.malformed" }]);
  });
});

describe("an identity", () => {
  test("has a name and attributes, in order", () => {
    expect(read(parseIdentity, "unique_pair: user_id , task_id")).toEqual({
      name: "unique_pair",
      attributes: ["user_id", "task_id"],
    });
  });

  test.each(["unique_email", "unique_email:", ":email", "unique_pair:a,,b", "a:b:c"])(
    "of the form %s is malformed",
    (entry) => {
      expect(refuse(parseIdentity, entry)).toMatchObject([{ code: "identity.malformed" }]);
    },
  );
});

describe("a request", () => {
  test("reads lists however often their flags were given", () => {
    const { typed } = readFlags({ attributes: ["a:string,b:enum(x,y)", "c:uuid"], primaryKey: ["a", "b,c"] });
    expect(typed.attributes.map(({ name }) => name)).toEqual(["a", "b", "c"]);
    expect(typed.primaryKey).toEqual(["a", "b", "c"]);
  });

  test("keeps every identity whole, commas and all", () => {
    const { typed } = readFlags({ identities: ["one:a,b", "two:c"] });
    expect(typed.identities).toHaveLength(2);
  });

  test("has no inverses where none are wanted", () => {
    expect(readFlags({ inverse: false }).typed.inverses).toEqual([]);
  });

  test("knows which flag asked for which key", () => {
    const { typed } = readFlags({ uuidPrimaryKey: "id", integerPrimaryKey: "number" });
    expect(typed.generatedKeys).toEqual([
      { name: "id", generated: "uuid", flag: "--uuid-primary-key" },
      { name: "number", generated: "integer", flag: "--integer-primary-key" },
    ]);
  });

  test("sorts default actions as a record lives, each once", () => {
    expect(readFlags({ defaultActions: ["destroy,read", "read"] }).typed.actions).toEqual([
      "read",
      "destroy",
    ]);
  });

  test("leaves what exists alone unless something else is said", () => {
    expect(readFlags({}).typed.conflicts).toBe("ignore");
    expect(readFlags({ conflicts: "replace" }).typed.conflicts).toBe("replace");
  });

  test("tells everything that is wrong at once", () => {
    const { problems } = readFlags({
      attributes: ["a:strng,b:string:requird"],
      relationships: ["belongs-to:user:User"],
      identities: ["broken"],
      inverse: ["user"],
      ...{ defaultActions: ["creat"], onDelete: "casade", conflicts: "keep" },
    });
    expect(problems.map(({ code }) => code).sort()).toEqual([
      ...["action.unknown", "attribute.modifier.unknown", "attribute.type.unknown", "conflicts.unknown"],
      ...[
        "identity.malformed",
        "inverse.malformed",
        "relationship.kind.unknown",
        "relationship.on_delete.unknown",
      ],
    ]);
  });
});
