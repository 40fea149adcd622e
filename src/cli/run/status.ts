import { readStatus, type MigrationStatus } from "../../host/migrate/status.js";
import type { StatusCommand } from "../command.js";
import type { ExitCode } from "../exit-code.js";
import { writeJson } from "../report/json.js";
import { renderNext } from "../report/plan.js";
import { canMigrate, renderStatus, renderStatusNotes } from "../report/status.js";
import type { Terminal } from "../terminal.js";
import { locateDatabase } from "./locate-database.js";

/** Runs `ashlar status`; with `--check` the exit code is 3 unless every migration has run as its file is. */
export async function runStatus({ check, json }: StatusCommand, terminal: Terminal): Promise<ExitCode> {
  const migrations = await readStatus(await locateDatabase(terminal));
  if (json === true) writeJson({ migrations }, terminal);
  else tell(migrations, terminal);
  const isInOrder = migrations.every(({ state }) => state === "applied");
  return check === true && !isInOrder ? 3 : 0;
}

function tell(migrations: readonly MigrationStatus[], { data, talk }: Terminal): void {
  if (migrations.length === 0) talk.write("  There are no migrations yet.\n");
  else data.write(renderStatus(migrations, data.colors));
  talk.write(renderStatusNotes(migrations, talk.colors));
  if (canMigrate(migrations)) talk.write(renderNext(["npx ashlar migrate"], talk.colors));
}
