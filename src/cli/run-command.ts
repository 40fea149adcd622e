import type { Command } from "./command.js";
import type { ExitCode } from "./exit-code.js";
import type { Terminal } from "./terminal.js";

type RunnableCommand = Exclude<Command, { readonly kind: "text" }>;

/**
 * Does what was asked. Each command brings its own code, so that none waits for another's.
 *
 * @throws AshlarError
 */
export async function runCommand(command: RunnableCommand, terminal: Terminal): Promise<ExitCode> {
  switch (command.kind) {
    case "new":
      return (await import("./run/new.js")).runNew(command, terminal);
    case "init":
      return (await import("./run/init.js")).runInit(command, terminal);
    case "gen domain":
      return (await import("./run/gen-domain.js")).runGenDomain(command, terminal);
    case "gen resource":
      return (await import("./run/gen-resource.js")).runGenResource(command, terminal);
    case "gen resources":
      return (await import("./run/gen-resources.js")).runGenResources(command, terminal);
    case "gen migrations":
      return (await import("./run/gen-migrations.js")).runGenMigrations(command, terminal);
    case "migrate":
      return (await import("./run/migrate.js")).runMigrate(command, terminal);
    case "rollback":
      return (await import("./run/rollback.js")).runRollback(command, terminal);
    case "status":
      return (await import("./run/status.js")).runStatus(command, terminal);
    case "check":
      return (await import("./run/check.js")).runCheck(command, terminal);
    case "undo migration":
      return (await import("./run/undo.js")).runUndo(command, terminal);
    case "squash":
      return (await import("./run/squash.js")).runSquash(command, terminal);
    case "setup":
      return (await import("./run/setup.js")).runSetup(command, terminal);
    case "drop":
      return (await import("./run/drop.js")).runDrop(command, terminal);
    case "reset":
      return (await import("./run/reset.js")).runReset(command, terminal);
  }
}
