import { migrate } from "../../host/migrate/migrator.js";
import type { MigrateCommand } from "../command.js";
import type { ExitCode } from "../exit-code.js";
import type { Terminal } from "../terminal.js";
import { runMigrations, type MigrationRun } from "./run-migrations.js";

/** Runs `ashlar migrate`. */
export function runMigrate(command: MigrateCommand, terminal: Terminal): Promise<ExitCode> {
  const { kind: _kind, json: _json, ...howFar } = command;
  const migration: MigrationRun = {
    words: { running: "migrating", done: "migrated" },
    idle: "Nothing to migrate: every migration has run.",
    controls: command,
    run: (options) => migrate({ ...howFar, ...options }),
  };
  return runMigrations(migration, terminal);
}
