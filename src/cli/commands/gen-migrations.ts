import type { GenMigrationsCommand } from "../command.js";
import type { ParsedArguments } from "./arguments.js";
import { createArgumentReader, readGenerateOptions } from "./arguments.js";
import type { CommandDescription } from "./description.js";
import type { Flags } from "./flags.js";
import { generateFlags, hiddenToggle, list, text, toggle } from "./flags.js";

const answerGroup = "What cannot be known from the resources:";

const flags = {
  name: text("What it is called, such as add_age_to_users; by default its steps name it."),
  dev: toggle("A migration for now: the next one without --dev takes its place."),
  sql: toggle("Print the statements of each direction."),
  proof: hiddenToggle(),
  "no-proof": toggle("Do not try the migration on a scratch database first."),
  "lock-safe": {
    ...toggle(
      "PostgreSQL: keep no writer waiting while indexes are built and keys checked (or --lock-safe=false).",
    ),
    default: true,
  },
  rename: { ...list("A column has another name now: users.name:full_name"), group: answerGroup },
  "rename-table": { ...list("A table has another name now: people:users"), group: answerGroup },
  "not-renamed": { ...list("This has no other name now, it is gone: users.name"), group: answerGroup },
  "allow-drop": {
    ...list("This may be lost: a table, users.nickname, users.users_email_index, or all."),
    group: answerGroup,
  },
  "new-table": {
    ...list("This is another table than the one which a migration by hand made: users, or all."),
    group: answerGroup,
  },
  fill: { ...list("What rows without a value get, in SQL: users.age=0"), group: answerGroup },
  cast: {
    ...list('How a value of the new type is made, in SQL: users.age="age::integer"'),
    group: answerGroup,
  },
  ...generateFlags,
} satisfies Flags;

export const genMigrations: CommandDescription<GenMigrationsCommand> = {
  command: "migrations",
  usage: "gen migrations",
  summary: "Write the migration from what the snapshots say to what the resources say.",
  details:
    "Nothing is lost unasked: a step that destroys is left out, with its reason, until --allow-drop names it.\n" +
    "The migration is tried on a scratch database, up, down and up again, before it is written.",
  flags,
  examples: [
    ["ashlar gen migrations --name add_age", "what changed since the last migration"],
    ["ashlar gen migrations --rename users.name:full_name", "with a column that has another name"],
    ["ashlar gen migrations --check", "exit with 3 where a migration is missing"],
  ],
  read: readGenMigrations,
};

function readGenMigrations(parsed: ParsedArguments): GenMigrationsCommand {
  const reader = createArgumentReader(parsed);
  const name = reader.text("name");
  const dev = reader.toggle("dev") === true;
  if (dev && name !== undefined) reader.report(namedDevelopment);
  const answers = {
    rename: reader.list("rename"),
    renameTable: reader.list("rename-table"),
    notRenamed: reader.list("not-renamed"),
    allowDrop: reader.list("allow-drop"),
    fill: reader.list("fill"),
    cast: reader.list("cast"),
  };
  const newTables = reader.list("new-table");
  const options = readGenerateOptions(reader);
  reader.finish();
  return {
    kind: "gen migrations",
    ...(name !== undefined && { name }),
    ...{ dev, sql: reader.toggle("sql") === true, proof: reader.toggle("proof") !== false },
    ...{ lockSafe: reader.toggle("lock-safe") !== false, answers, newTables, options },
  };
}

const namedDevelopment = {
  code: "cli.flag.exclusive",
  message: "--dev makes a migration without a name, so it goes without --name.",
  hint: "While developing: --dev. To fold what it made into a named migration: --name …",
};
