import { migrate } from "../../host/migrate/migrator.js";
import type { MigrateCommand } from "../command.js";
import type { ExitCode } from "../exit-code.js";
import type { Terminal } from "../terminal.js";
import { runMigrations, type MigrationRun } from "./run-migrations.js";

/** Runs `ashlar migrate`. */
export function runMigrate(
  { kind: _kind, ...howFar }: MigrateCommand,
  terminal: Terminal,
): Promise<ExitCode> {
  const migration: MigrationRun = {
    words: { running: "migrating", done: "migrated" },
    idle: "Nothing to migrate: every migration has run.",
    run: (options) => migrate({ ...options, ...howFar }),
  };
  return runMigrations(migration, terminal);
}
