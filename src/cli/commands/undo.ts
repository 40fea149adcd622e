import type { UndoCommand } from "../command.js";
import type { ParsedArguments } from "./arguments.js";
import { createArgumentReader, readGenerateOptions } from "./arguments.js";
import type { CommandDescription } from "./description.js";
import type { Flags } from "./flags.js";
import { generateFlags, toggle } from "./flags.js";

const flags = {
  rollback: toggle("Roll it back first where it has run on this database."),
  force: toggle("Take it back though it was edited since, or though nobody can say whether it has run."),
  ...generateFlags,
} satisfies Flags;

export const undo: CommandDescription<UndoCommand> = {
  command: "undo [what] [name]",
  usage: "undo migration [name]",
  summary: "Take back the migration that was generated last, or that of a branch.",
  details:
    "Deletes its files and makes the snapshots what they were before it. Resources stay as they are. " +
    "Of two branches that changed a table, the name says whose migration it is.",
  flags,
  examples: [
    ["ashlar undo migration --dry-run", "what would go"],
    ["ashlar undo migration --rollback", "also where it has run"],
    ["ashlar undo migration 20261122190000_add_age", "this one, which a branch made beside others"],
  ],
  read: readUndo,
};

function readUndo(parsed: ParsedArguments): UndoCommand {
  const reader = createArgumentReader(parsed);
  const what = reader.text("what");
  if (what !== "migration") reader.report(createUnknownProblem(what));
  const name = reader.text("name");
  reader.finish();
  return {
    kind: "undo migration",
    ...(name !== undefined && { name }),
    rollback: reader.toggle("rollback") === true,
    force: reader.toggle("force") === true,
    options: readGenerateOptions(reader),
  };
}

function createUnknownProblem(what: string | undefined) {
  return {
    code: "cli.undo.unknown",
    message: what === undefined ? "What is to be undone?" : `There is no way to undo a "${what}".`,
    hint: "The last generated migration: npx ashlar undo migration",
  };
}
