import type { RunOptions } from "../../host/migrate/migrator.js";
import type { Terminal } from "../terminal.js";
import { formatDuration } from "./duration.js";

/** Tells how a run of migrations goes. */
export interface MigrationReporter extends Required<Pick<RunOptions, "onStart" | "onDone">> {
  /** Takes away what was said of a migration that has not ended. */
  finish(): void;
}

export interface MigrationWords {
  /** Of a migration that is under way: `migrating`. */
  readonly running: string;
  /** Of one that has ended: `migrated`. */
  readonly done: string;
}

const clearLine = "\r\u001b[2K";

/** A line for each migration that ended, with its time; at a terminal another for the one that runs, until it ends. */
export function createMigrationReporter(
  { running, done }: MigrationWords,
  terminal: Terminal,
): MigrationReporter {
  const { data, talk } = terminal;
  const show = (line: string): void => {
    if (talk.isTerminal) talk.write(`${clearLine}${line}`);
  };
  return {
    onStart: (name) => show(`${talk.colors.dim(running.padStart(10))}  ${name} …`),
    onDone: (name, milliseconds) => {
      show("");
      const time = data.colors.dim(formatDuration(milliseconds));
      data.write(`${data.colors.green(done.padStart(10))}  ${name}  ${time}\n`);
    },
    finish: () => show(""),
  };
}
