import { describeTarget } from "../../host/develop/database-target.js";
import { createDatabase } from "../../host/develop/develop-database.js";
import { runSeeds } from "../../host/develop/seeds.js";
import { migrate } from "../../host/migrate/migrator.js";
import { readStatus } from "../../host/migrate/status.js";
import type { SetupCommand } from "../command.js";
import type { ExitCode } from "../exit-code.js";
import { renderDone } from "../report/done.js";
import { createMigrationReporter } from "../report/migration.js";
import type { Terminal } from "../terminal.js";
import { openDevelopment, type DevelopmentDatabase } from "./in-development.js";

/** Runs `ashlar setup`. */
export async function runSetup({ force }: SetupCommand, terminal: Terminal): Promise<ExitCode> {
  await setUp(await openDevelopment("setup", { force }, terminal), terminal);
  return 0;
}

/** Makes the database where it is missing, runs what migrations are pending, and seeds it where it is new. */
export async function setUp(database: DevelopmentDatabase, terminal: Terminal): Promise<void> {
  const { target, location } = database;
  const { data, talk } = terminal;
  if (await createDatabase(target)) data.write(renderDone("created", describeTarget(target), data.colors));
  const isNew = (await readStatus(location)).every(({ state }) => state === "pending");
  const ran = await runMigrations(database, terminal);
  if (!isNew) return void (ran === 0 && talk.write("  Nothing to do: the database is there and migrated.\n"));
  await runSeeds({
    ...location,
    onDone: (name) => data.write(renderDone("seeded", name, data.colors)),
  });
}

async function runMigrations({ location }: DevelopmentDatabase, terminal: Terminal): Promise<number> {
  const words = { running: "migrating", done: "migrated" };
  const { finish, ran: _, ...listeners } = createMigrationReporter(words, terminal, { isJson: false });
  try {
    return (await migrate({ ...location, ...listeners })).length;
  } finally {
    finish();
  }
}
