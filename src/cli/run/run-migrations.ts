import type { RanMigration, RunOptions } from "../../host/migrate/migrator.js";
import { isAshlarError } from "../../support/problem.js";
import type { RunControls } from "../command.js";
import type { ExitCode } from "../exit-code.js";
import { reportError } from "../report/error.js";
import { writeJson } from "../report/json.js";
import { createMigrationReporter, type MigrationWords } from "../report/migration.js";
import type { Terminal } from "../terminal.js";
import { locateDatabase } from "./locate-database.js";

/** One run of migrations, in either direction. */
export interface MigrationRun {
  readonly words: MigrationWords;
  /** What is said where there is nothing to run. */
  readonly idle: string;
  readonly controls: RunControls;
  readonly run: (options: RunOptions) => Promise<readonly RanMigration[]>;
}

/** Runs migrations of the project that the working folder lies in, and tells each. */
export async function runMigrations(migration: MigrationRun, terminal: Terminal): Promise<ExitCode> {
  const database = await locateDatabase(terminal);
  const { words, controls, run } = migration;
  const { finish, ran, ...listeners } = createMigrationReporter(words, terminal, {
    isJson: controls.json === true,
  });
  try {
    await run({ ...database, ...controls, ...listeners });
    finish();
  } catch (error) {
    finish();
    if (controls.json !== true || !isAshlarError(error)) throw error;
    writeJson({ ran, problems: error.problems }, terminal);
    return reportError(error, terminal, false);
  }
  if (controls.json === true) writeJson({ ran }, terminal);
  else if (ran.length === 0) terminal.talk.write(`\n  ${migration.idle}\n`);
  return 0;
}
