import { rollback } from "../../host/migrate/migrator.js";
import type { RollbackCommand } from "../command.js";
import type { ExitCode } from "../exit-code.js";
import type { Terminal } from "../terminal.js";
import { runMigrations, type MigrationRun } from "./run-migrations.js";

/** Runs `ashlar rollback`. */
export function runRollback(
  { kind: _kind, ...howFar }: RollbackCommand,
  terminal: Terminal,
): Promise<ExitCode> {
  const migration: MigrationRun = {
    words: { running: "undoing", done: "undone" },
    idle: "Nothing to undo.",
    run: (options) => rollback({ ...options, ...howFar }),
  };
  return runMigrations(migration, terminal);
}
