import { readStatus } from "../../host/migrate/status.js";
import type { StatusCommand } from "../command.js";
import type { ExitCode } from "../exit-code.js";
import { renderNext } from "../report/plan.js";
import { renderStatus } from "../report/status.js";
import type { Terminal } from "../terminal.js";
import { locateDatabase } from "./locate-database.js";

/** Runs `ashlar status`. */
export async function runStatus(_command: StatusCommand, terminal: Terminal): Promise<ExitCode> {
  const { data, talk } = terminal;
  const migrations = await readStatus(await locateDatabase(terminal));
  if (migrations.length === 0) talk.write("  There are no migrations yet.\n");
  else data.write(renderStatus(migrations, data.colors));
  const isPending = migrations.some(({ state }) => state === "pending");
  if (isPending) talk.write(renderNext(["npx ashlar migrate"], talk.colors));
  return 0;
}
