import type { Knex } from "knex";
import { defaultLockTimeout, listSessionSettings } from "../../src/host/migrate/session-settings.js";
import type { LoadedMigration } from "./run-migration.js";

export type Direction = "up" | "down";

/** Runs one file as `ashlar migrate` does: in a transaction or not, after the settings that it sends first. */
export async function runFile(knex: Knex, file: LoadedMigration, direction: Direction): Promise<void> {
  const transaction = !isOutside(file);
  const settings = listSessionSettings({ transaction, lockTimeout: defaultLockTimeout });
  const run = async (knex: Knex): Promise<void> => {
    for (const sql of settings) await knex.raw(sql);
    await file[direction]?.(knex);
  };
  await (transaction ? knex.transaction(run) : run(knex));
}

/** Does the file run without a transaction? */
export function isOutside({ config }: LoadedMigration): boolean {
  return config?.transaction === false;
}
