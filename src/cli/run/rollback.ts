import { rollback } from "../../host/migrate/migrator.js";
import type { RollbackCommand } from "../command.js";
import type { ExitCode } from "../exit-code.js";
import type { Terminal } from "../terminal.js";
import { runMigrations, type MigrationRun } from "./run-migrations.js";

/** Runs `ashlar rollback`. */
export function runRollback(command: RollbackCommand, terminal: Terminal): Promise<ExitCode> {
  const { kind: _kind, json: _json, ...howFar } = command;
  const migration: MigrationRun = {
    words: { running: "undoing", done: "undone" },
    idle: "Nothing to undo.",
    controls: command,
    run: (options) => rollback({ ...howFar, ...options }),
  };
  return runMigrations(migration, terminal);
}
