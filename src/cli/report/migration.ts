import type { RanMigration, RunOptions } from "../../host/migrate/migrator.js";
import type { Terminal } from "../terminal.js";
import { formatDuration } from "./duration.js";

type Listeners = Required<
  Pick<RunOptions, "onStart" | "onDone" | "onWait" | "onRetry" | "onRepeat" | "onAdopt">
>;

/** Tells how a run of migrations goes. */
export interface MigrationReporter extends Listeners {
  /** What has been told as done. */
  readonly ran: readonly RanMigration[];
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

/**
 * A line for each migration that ended, with its time, unless that is printed as JSON in the end; at a terminal
 * another for the one that runs, until it ends; and a line for what keeps it waiting.
 */
export function createMigrationReporter(
  { running, done }: MigrationWords,
  { data, talk }: Terminal,
  { isJson = false }: { readonly isJson?: boolean } = {},
): MigrationReporter {
  const ran: RanMigration[] = [];
  const adopted = new Set<string>();
  const show = (line: string): void => {
    if (talk.isTerminal) talk.write(`${clearLine}${line}`);
  };
  const say = (word: string, line: string): void => {
    show("");
    talk.write(`${talk.colors.yellow(word.padStart(10))}  ${line}\n`);
  };
  return {
    ran,
    onStart: (name) => show(`${talk.colors.dim(running.padStart(10))}  ${name} …`),
    onDone: (name, milliseconds) => {
      show("");
      ran.push({ name, milliseconds });
      const isAdopted = adopted.has(name);
      const word = data.colors.green((isAdopted ? "recorded" : done).padStart(10));
      const how = data.colors.dim(isAdopted ? "its tables are there" : formatDuration(milliseconds));
      if (!isJson) data.write(`${word}  ${name}  ${how}\n`);
    },
    onWait: (holder) => say("waiting", `for another run of migrations: ${holder}`),
    onAdopt: (name) => void adopted.add(name),
    onRepeat: (name) => say("again", `${name} was begun before and cut off; running it again`),
    onRetry: ({ name, pause, left, blocker }) => {
      const who = blocker === undefined ? "" : `; the longest open transaction: ${blocker}`;
      const when = `trying again in ${formatDuration(pause)}, at most ${left} more ${left === 1 ? "time" : "times"}`;
      say("locked", `${name} waited too long for a lock and gave up; ${when}${who}`);
    },
    finish: () => show(""),
  };
}
