import type { Knex } from "knex";
import { failure, isAshlarError } from "../../support/problem.js";
import type { Database } from "./database.js";
import { createMigrationFailure } from "./migration-failure.js";

export type Hooks = Partial<Record<"afterEach" | "afterAll", Knex.LifecycleHook>>;

/** One migration to run in one direction. */
export interface Step {
  readonly name: string;
  readonly direction: "up" | "down";
  readonly hooks: Hooks;
}

/**
 * Runs one migration; false where another process has done so meanwhile.
 *
 * @throws AshlarError `migration.failed` and its kin
 */
export async function runStep(step: Step, database: Database): Promise<boolean> {
  try {
    return await attempt(step, database);
  } catch (error) {
    if (isAshlarError(error) && error.code === "sqlite.rebuild.unsafe") {
      return rebuildWithoutForeignKeys(step, database);
    }
    throw await explain(error, step, database);
  }
}

/** SQLite's own advice for a new table in place of an old one: foreign keys off before the transaction, checked within. */
async function rebuildWithoutForeignKeys(step: Step, database: Database): Promise<boolean> {
  const { knex } = database;
  await knex.raw("PRAGMA foreign_keys = OFF");
  try {
    const hooks = { ...step.hooks, afterEach: chain(checkForeignKeys, step.hooks.afterEach) };
    return await attempt({ ...step, hooks }, database);
  } catch (error) {
    throw await explain(error, step, database);
  } finally {
    await knex.raw("PRAGMA foreign_keys = ON");
  }
}

async function checkForeignKeys(knex: Knex): Promise<void> {
  const violations: { table: string; parent: string }[] = await knex.raw("PRAGMA foreign_key_check");
  const [first] = violations;
  if (first === undefined) return;
  throw failure({
    code: "sqlite.foreign_key.violated",
    message: `It leaves ${violations.length} rows without the row they refer to, such as one of "${first.table}" without its row of "${first.parent}".`,
  });
}

async function attempt(
  { name, direction, hooks }: Step,
  { knex, config, migrations }: Database,
): Promise<boolean> {
  const own: Knex.MigratorConfigWithLifecycleHooks = config.migrations ?? {};
  const [, ran]: [number, string[]] = await knex.migrate[direction]({
    name,
    migrationSource: migrations.source,
    afterEach: chain(own.afterEach, hooks.afterEach),
    afterAll: chain(own.afterAll, hooks.afterAll),
  });
  return ran.length > 0;
}

function chain(...hooks: readonly (Knex.LifecycleHook | undefined)[]): Knex.LifecycleHook {
  return async (knex, migrations) => {
    for (const hook of hooks) await hook?.(knex, migrations);
  };
}

async function explain(error: unknown, { name, direction }: Step, database: Database): Promise<Error> {
  const { config } = await database.migrations.read(name);
  const undone = config?.transaction ?? database.config.migrations?.disableTransactions !== true;
  return createMigrationFailure(error, { name, direction, undone }, database);
}
