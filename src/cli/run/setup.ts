import { createDatabase } from "../../host/develop/develop-database.js";
import { runSeeds } from "../../host/develop/seeds.js";
import { migrate } from "../../host/migrate/migrator.js";
import { readStatus } from "../../host/migrate/status.js";
import type { SetupCommand } from "../command.js";
import type { ExitCode } from "../exit-code.js";
import type { Terminal } from "../terminal.js";
import { runDevelopment, type Development } from "./in-development.js";

/** Runs `ashlar setup`. */
export function runSetup({ options }: SetupCommand, terminal: Terminal): Promise<ExitCode> {
  return runDevelopment({ command: "setup", options, terminal }, async (development) => {
    await setUp(development);
    return 0;
  });
}

/** Makes the database where it is missing, runs what migrations are pending, and seeds it where it is new. */
export async function setUp(development: Development): Promise<void> {
  const { target, location, reporter } = development;
  reporter.tellCreated(await createDatabase(target));
  const isNew = (await readStatus(location)).every(({ state }) => state === "pending");
  const { ran, isAdopted } = await runMigrations(development);
  if (isAdopted) return reporter.say("No seed was run: the database had tables before it had migrations.");
  if (isNew) await runSeeds({ ...location, onDone: reporter.tellSeeded });
  else if (ran === 0) reporter.say("Nothing to do: the database is there and migrated.");
}

/** How many ran, and whether one is the baseline of tables that were there. */
async function runMigrations({ location, reporter }: Development) {
  const { finish, ran: _, onAdopt, ...listeners } = reporter.migrations;
  let isAdopted = false;
  const noteAdoption = (name: string): void => {
    isAdopted = true;
    onAdopt(name);
  };
  try {
    const ran = await migrate({ ...location, ...listeners, onAdopt: noteAdoption });
    return { ran: ran.length, isAdopted };
  } finally {
    finish();
  }
}
