import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Problem } from "../../support/problem.js";
import { describeSystemError } from "../system-error.js";
import { journalName, type JournalEntry } from "./journal.js";

const again = "Nothing was written. Run the command again: it starts from the files as they are now.";

/** Why an entry cannot be written whose file is not as the plan found it. */
export function createChangedProblem(realRoot: string, { path, file, before }: JournalEntry): Problem {
  if (before === null) {
    return { code: "write.exists", message: `"${path}" has appeared since the plan was made.`, hint: again };
  }
  const bytes = readIfAny(join(realRoot, file));
  if (bytes === undefined) {
    return { code: "write.gone", message: `"${path}" is no longer there as it was read.`, hint: again };
  }
  if (!isUtf8(bytes)) {
    return {
      code: "write.encoding",
      message: `"${path}" is not UTF-8 text, so it cannot be patched without loss.`,
      hint: `Save it as UTF-8, then run the command again. Nothing was written.`,
    };
  }
  return { code: "write.changed", message: `"${path}" has changed since it was read.`, hint: again };
}

/** A write was cut off and its file has been edited before it could be finished. */
export function createRecoveryProblem(entry: JournalEntry, temporary: string): Problem {
  return entry.after === null ? createUndeletedProblem(entry) : createUnwrittenProblem(entry, temporary);
}

function createUndeletedProblem({ path }: JournalEntry): Problem {
  return {
    code: "recovery.conflict",
    message: `A write of ashlar that was cut off cannot be finished: it was to delete "${path}", but it has been edited since.`,
    hint: `Nothing was touched. Move your version away and run the command again. Or leave everything as it is now: rm ${journalName}`,
  };
}

function createUnwrittenProblem({ path, before }: JournalEntry, temporary: string): Problem {
  const met =
    before === null ? "there is now a file of another making" : "it has been edited or removed since";
  return {
    code: "recovery.conflict",
    message: `A write of ashlar that was cut off cannot be finished: it was to write "${path}", but ${met}.`,
    hint:
      `Nothing was touched. The text it was to have stands in "${temporary}". ` +
      `Keep your own version elsewhere if you need it, move that file over "${path}", and run the command again. ` +
      `Or leave everything as it is now: rm ${temporary} ${journalName}`,
  };
}

/** The system refused in the middle of writing. */
export function createFailedProblem(path: string, error: NodeJS.ErrnoException): Problem {
  return {
    code: "write.failed",
    message: `Cannot write "${path}": ${describeSystemError(error)}.`,
    hint: "Nothing was written. Remove the cause, then run the command again.",
  };
}

/** The system refused while a write was being brought to its end; the journal stays. */
export function createStuckProblem(what: string, error: NodeJS.ErrnoException): Problem {
  return {
    code: "write.stuck",
    message: `The disk refused while ${what}: ${describeSystemError(error)}, at "${error.path ?? "?"}".`,
    hint: "Remove the cause, then run any command of ashlar here: it goes on where this one had to stop.",
  };
}

function readIfAny(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
