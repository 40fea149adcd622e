import { existsSync } from "node:fs";
import { failure } from "../../support/problem.js";
import { readTarget } from "../develop/database-target.js";
import { withKnex, type DatabaseOptions } from "../migrate/database.js";
import type { LiveSchema } from "./live-schema.js";
import { readSchema } from "./read-schema.js";

/**
 * The schema of the database that a project's knexfile names. A file that is not there is not made by asking for it.
 *
 * @throws AshlarError `database.missing`, and as `withKnex` does
 * @example
 * const { snapshot } = await readProjectSchema({ root: "/home/ada/shop", knexfile: "knexfile.ts" });
 */
export async function readProjectSchema(options: DatabaseOptions): Promise<LiveSchema> {
  const { place } = await readTarget(options);
  if ((place.kind === "sqlite" || place.kind === "pglite") && !existsSync(place.path)) {
    throw failure({
      code: "database.missing",
      message: `There is no database at "${place.path}".`,
      hint: 'Correct "connection" in the knexfile, or make it: npx ashlar setup',
    });
  }
  return withKnex(options, (knex) => readSchema(knex));
}
