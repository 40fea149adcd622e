import type { RanMigration, RunOptions } from "../../host/migrate/migrator.js";
import type { ExitCode } from "../exit-code.js";
import type { MigrationWords } from "../report/migration.js";
import { createMigrationReporter } from "../report/migration.js";
import type { Terminal } from "../terminal.js";
import { locateDatabase } from "./locate-database.js";

/** One run of migrations, in either direction. */
export interface MigrationRun {
  readonly words: MigrationWords;
  /** What is said where there is nothing to run. */
  readonly idle: string;
  readonly run: (options: RunOptions) => Promise<readonly RanMigration[]>;
}

/** Runs migrations of the project that the working folder lies in, and tells each. */
export async function runMigrations(
  { words, idle, run }: MigrationRun,
  terminal: Terminal,
): Promise<ExitCode> {
  const database = await locateDatabase(terminal);
  const { finish, ...listeners } = createMigrationReporter(words, terminal);
  try {
    const ran = await run({ ...database, ...listeners });
    if (ran.length === 0) terminal.talk.write(`\n  ${idle}\n`);
  } finally {
    finish();
  }
  return 0;
}
