import type { Knex } from "knex";
import { isSqlite } from "../live-schema/read-schema.js";
import { failure } from "../../support/problem.js";

/**
 * Runs the SQL that a database needs before a project's tables can be made in it. SQLite has nothing of the kind.
 *
 * @throws AshlarError `scratch.prerequisites.failed`
 */
export async function runPrerequisites(knex: Knex, sql = ""): Promise<void> {
  if (sql.trim() === "" || isSqlite(knex)) return;
  try {
    await knex.raw(sql.replaceAll("?", "\\?"));
  } catch (error) {
    throw failure({
      code: "scratch.prerequisites.failed",
      message: `The SQL in "migrations/snapshot/prerequisites.sql" failed on the scratch database: ${describeError(error)}.`,
      hint: "Mend it. An extension that PGlite lacks needs a server: ASHLAR_SCRATCH_URL=postgres://user@localhost/postgres",
    });
  }
}

function describeError(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split(" - ").at(-1) ?? message).replace(/\.$/, "");
}
