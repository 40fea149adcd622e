import { expect, test } from "vitest";
import type { ResourceRequest } from "../../../src/generator/resource-request.js";
import { describeProblems, parse } from "../parse.js";

function parseRequest(line: string): ResourceRequest {
  const command = parse(`gen resource ${line}`);
  if (command.kind !== "gen resource") throw new Error(`"${line}" is read as ${command.kind}.`);
  return command.request;
}

const bare: ResourceRequest = {
  domain: "Accounts",
  name: "User",
  primaryKey: [],
  attributes: [],
  relationships: [],
  identities: [],
  timestamps: false,
  inverse: [],
  references: true,
  migration: true,
  ignoreIfExists: false,
};

test("the three ways to write the domain and the name mean the same", () => {
  expect(parseRequest("Accounts User")).toEqual(bare);
  expect(parseRequest("Accounts.User")).toEqual(bare);
  expect(parseRequest("User --domain Accounts")).toEqual(bare);
  expect(parseRequest("--domain Accounts User")).toEqual(bare);
});

test("a name may stand without a domain, for the generator to judge", () => {
  const { domain: _domain, ...rest } = bare;
  expect(parseRequest("User")).toEqual(rest);
});

test("the recipe's command line is read as it stands there", () => {
  const recipe =
    "Accounts UserTask --primary-key user_id,task_id --attributes user_id:uuid:required --attributes task_id:uuid:required";
  expect(parseRequest(recipe)).toEqual({
    ...bare,
    name: "UserTask",
    primaryKey: ["user_id,task_id"],
    attributes: ["user_id:uuid:required", "task_id:uuid:required"],
  });
});

test("a repeated flag keeps each value as it was typed, whatever name it goes by", () => {
  const { attributes, relationships, identities } = parseRequest(
    "Accounts User --attributes a:int,b:decimal(10,2) --attribute c -a d:string -r belongs_to:x:X " +
      "--relationship has_many:ys:Y --relationships has_one:z:Z --identity u:a,b --identity v:c",
  );
  expect(attributes).toEqual(["a:int,b:decimal(10,2)", "c", "d:string"]);
  expect(relationships).toEqual(["belongs_to:x:X", "has_many:ys:Y", "has_one:z:Z"]);
  expect(identities).toEqual(["u:a,b", "v:c"]);
});

test("a flag takes one value, so that names may follow it", () => {
  expect(parseRequest("--attributes a:uuid Accounts User")).toEqual({ ...bare, attributes: ["a:uuid"] });
});

test("a number stays the text that was typed", () => {
  const { name, table, attributes } = parseRequest("Accounts 7 --table 0x10 --attributes 1e3");
  expect({ name, table, attributes }).toEqual({ name: "7", table: "0x10", attributes: ["1e3"] });
});

test("a generated key is called id unless it is named", () => {
  expect(parseRequest("Accounts User -u").uuidPrimaryKey).toBe("id");
  expect(parseRequest("Accounts User --uuid-primary-key key").uuidPrimaryKey).toBe("key");
  expect(parseRequest("Accounts User --uuid-v7-primary-key --timestamps").uuidV7PrimaryKey).toBe("id");
  expect(parseRequest("Accounts User -i number").integerPrimaryKey).toBe("number");
  expect(parseRequest("Accounts User -ti")).toEqual({ ...bare, timestamps: true, integerPrimaryKey: "id" });
});

test("a generated key that would swallow the domain is refused", () => {
  expect(describeProblems("gen resource -u Accounts User")).toEqual([
    'cli.key.name: --uuid-primary-key takes what follows it as the key\'s name, and met "Accounts". ' +
      "Put the flag last, or name the key: --uuid-primary-key id Accounts",
  ]);
});

test("each text flag reaches its field", () => {
  const flags =
    "--table t --plural p --description d --on-delete cascade --conflicts replace --migration-name m --default-actions read,create";
  expect(parseRequest(`Accounts User ${flags}`)).toEqual({
    ...bare,
    table: "t",
    plural: "p",
    description: "d",
    onDelete: "cascade",
    conflicts: "replace",
    migrationName: "m",
    defaultActions: ["read,create"],
  });
});

test("what is on unless refused has a --no- form, and join has both", () => {
  const flags = "--no-inverse --no-references --no-migration --no-join --ignore-if-exists";
  expect(parseRequest(`Accounts User ${flags}`)).toEqual({
    ...bare,
    inverse: false,
    references: false,
    migration: false,
    join: false,
    ignoreIfExists: true,
  });
  expect(parseRequest("Accounts User --join").join).toBe(true);
  expect(parseRequest("Accounts User --inverse user:tasks,task:users").inverse).toEqual([
    "user:tasks,task:users",
  ]);
});

test("the preview flags are read with their short forms", () => {
  expect(parse("gen resource Accounts User -y --dry-run --diff --check --json")).toMatchObject({
    options: { yes: true, dryRun: true, diff: true, check: true, json: true },
  });
  expect(parse("gen resource Accounts User")).toMatchObject({
    options: { yes: false, dryRun: false, diff: false, check: false, json: false },
  });
});

test("a missing name is asked for with an example", () => {
  expect(describeProblems("gen resource")).toEqual([
    "cli.name.missing: A resource needs a name. Such as: npx ashlar gen resource Accounts User",
  ]);
});

test("too many words are quoted", () => {
  expect(describeProblems("gen resource Accounts User Task")).toEqual([
    'cli.name.extra: A resource has a domain and a name, but there are 3: "Accounts", "User", "Task". ' +
      "Such as: npx ashlar gen resource Accounts User",
  ]);
  expect(describeProblems("gen resource App.Accounts.User")[0]).toContain('"App", "Accounts", "User"');
});

test("an attribute without its flag is told from a name", () => {
  expect(describeProblems("gen resource Accounts User --attributes a:uuid, b:uuid")).toEqual([
    'cli.name.attribute: "b:uuid" stands where a name was expected. ' +
      "An attribute follows its flag: --attributes b:uuid (no space after a comma)",
  ]);
});

test("two different domains are refused, the same one twice is not", () => {
  expect(describeProblems("gen resource Accounts User --domain Works")[0]).toContain("cli.domain.twice");
  expect(parseRequest("Accounts User --domain Accounts")).toEqual(bare);
});

test("everything that is wrong is told at once", () => {
  const codes = describeProblems("gen resource a:b --table x --table y -u Accounts").map(
    (each) => each.split(":")[0],
  );
  expect(codes).toEqual(["cli.name.attribute", "cli.name.missing", "cli.key.name", "cli.flag.repeated"]);
});
