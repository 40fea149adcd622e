import type { ResourceRequest } from "../../generator/resource-request.js";
import type { GenResourceCommand } from "../command.js";
import type { ArgumentReader, ParsedArguments } from "./arguments.js";
import { createArgumentReader, readGenerateOptions } from "./arguments.js";
import type { CommandDescription } from "./description.js";
import type { Flags } from "./flags.js";
import { generateFlags, hiddenToggle, list, optionalText, text, toggle } from "./flags.js";
import { readResourceName } from "./resource-name.js";

const keyGroup = "Primary key (a uuid called id when none is given):";
const contentGroup = "What the resource has:";
const referenceGroup = "References and join resources:";
const existingGroup = "Names, and what is there already:";

const flags = {
  "primary-key": { ...list("These attributes, in this order: user_id,task_id"), group: keyGroup },
  "uuid-primary-key": {
    ...optionalText("A generated uuid; its name is id unless given.", ["u"]),
    group: keyGroup,
  },
  "uuid-v7-primary-key": { ...optionalText("A generated uuid that sorts by time."), group: keyGroup },
  "integer-primary-key": {
    ...optionalText("An integer that the database counts up.", ["i"]),
    group: keyGroup,
  },
  attributes: {
    ...list(
      "name:type[:modifier…], such as email:string:required:unique; commas or the flag again for more.",
      ["attribute", "a"],
    ),
    group: contentGroup,
  },
  relationships: {
    ...list("kind:name:Destination[:modifier…], such as belongs_to:owner:User:required.", [
      "relationship",
      "r",
    ]),
    group: contentGroup,
  },
  identity: {
    ...list("name:a,b: these attributes together are unique.", ["identities"]),
    group: contentGroup,
  },
  timestamps: { ...toggle("Add insertedAt and updatedAt.", ["t"]), group: contentGroup },
  "default-actions": {
    ...list("Some of create,read,update,destroy; all four when not given."),
    group: contentGroup,
  },
  description: { ...text("A sentence about the resource."), group: contentGroup },
  "on-delete": {
    ...text("What becomes of these rows when a referenced one goes: cascade, restrict, nilify or no_action."),
    group: referenceGroup,
  },
  inverse: { ...list("Names on the other ends: user:tasks,task:users"), group: referenceGroup },
  "no-inverse": { ...toggle("Leave the other ends as they are."), group: referenceGroup },
  join: {
    ...toggle("Make it a join resource, though its references are not its primary key."),
    group: referenceGroup,
  },
  "no-join": { ...toggle("Do not, though they are."), group: referenceGroup },
  references: hiddenToggle(),
  "no-references": { ...toggle("Do not take user_id for a reference to User."), group: referenceGroup },
  domain: { ...text("The domain, where it does not stand before the name."), group: existingGroup },
  table: { ...text("The table, where it is not the name's plural."), group: existingGroup },
  plural: { ...text("The name's plural, where it is not the usual one."), group: existingGroup },
  conflicts: {
    ...text("For a resource that exists: ignore (add what is missing), replace or error."),
    group: existingGroup,
  },
  "ignore-if-exists": { ...toggle("Leave a resource that exists as it is."), group: existingGroup },
  "migration-name": { ...text("Such as create_user_tasks_join_table."), group: existingGroup },
  migration: hiddenToggle(),
  "no-migration": { ...toggle("Write no migration."), group: existingGroup },
  ...generateFlags,
} satisfies Flags;

export const genResource: CommandDescription<GenResourceCommand> = {
  command: "resource [names..]",
  usage: "gen resource <Domain> <Name>",
  summary: "Make a resource, patch the resources it refers to, and write its migration.",
  details:
    "<Domain>.<Name> and <Name> --domain <Domain> mean the same. A domain that does not exist is made.\n\n" +
    "Types: string, string(80), text, integer, bigint, float, decimal(10,2), boolean, uuid, date, time, datetime, " +
    "json, binary, enum(draft,done), and type[] for a list. Modifiers: required, primary_key, unique, index, " +
    "default(…), column(…), private, public, sensitive, array.",
  flags,
  examples: [
    [
      "ashlar gen resource Accounts User -a email:string:required:unique,name:string -t",
      "a resource with its table",
    ],
    [
      "ashlar gen resource Accounts UserTask --primary-key user_id,task_id",
      "a many-to-many between User and Task, both ends patched",
    ],
    [
      "ashlar gen resource Works.Task -a title:string:required,owner_id --diff",
      "what would change, line by line",
    ],
  ],
  read: readGenResource,
};

function readGenResource(parsed: ParsedArguments): GenResourceCommand {
  const reader = createArgumentReader(parsed);
  const request = readRequest(reader);
  const options = readGenerateOptions(reader);
  reader.finish();
  return { kind: "gen resource", request, options };
}

function readRequest(reader: ArgumentReader): ResourceRequest {
  const defaultActions = reader.list("default-actions");
  const join = reader.toggle("join");
  return {
    ...readResourceName(reader),
    ...readKeyNames(reader),
    ...reader.texts({
      table: "table",
      plural: "plural",
      description: "description",
      onDelete: "on-delete",
      conflicts: "conflicts",
      migrationName: "migration-name",
    }),
    primaryKey: reader.list("primary-key"),
    attributes: reader.list("attributes"),
    relationships: reader.list("relationships"),
    identities: reader.list("identity"),
    timestamps: reader.toggle("timestamps") === true,
    inverse: reader.toggle("inverse") === false ? false : reader.list("inverse"),
    references: reader.toggle("references") !== false,
    migration: reader.toggle("migration") !== false,
    ignoreIfExists: reader.toggle("ignore-if-exists") === true,
    ...(defaultActions.length > 0 && { defaultActions }),
    ...(join !== undefined && { join }),
  };
}

type KeyNames = Pick<ResourceRequest, "uuidPrimaryKey" | "uuidV7PrimaryKey" | "integerPrimaryKey">;

function readKeyNames(reader: ArgumentReader): KeyNames {
  const uuidPrimaryKey = readKeyName(reader, "uuid-primary-key");
  const uuidV7PrimaryKey = readKeyName(reader, "uuid-v7-primary-key");
  const integerPrimaryKey = readKeyName(reader, "integer-primary-key");
  return {
    ...(uuidPrimaryKey !== undefined && { uuidPrimaryKey }),
    ...(uuidV7PrimaryKey !== undefined && { uuidV7PrimaryKey }),
    ...(integerPrimaryKey !== undefined && { integerPrimaryKey }),
  };
}

/** `-u Accounts User` reads as a key called Accounts, so a name that looks like a domain's or a resource's is refused. */
function readKeyName(reader: ArgumentReader, flag: string): string | undefined {
  const name = reader.text(flag);
  if (name === undefined || !/^[A-Z]/.test(name)) return name === "" ? "id" : name;
  reader.report({
    code: "cli.key.name",
    message: `--${flag} takes what follows it as the key's name, and met "${name}".`,
    hint: `Put the flag last, or name the key: --${flag} id ${name}`,
  });
  return undefined;
}
