import type { KnexfileOptions } from "../migrate/knexfile.js";
import { readTarget, type DatabaseTarget } from "./database-target.js";
import { createFileDatabase, dropFileDatabase, hasFileDatabase, type FileDatabase } from "./file-database.js";
import {
  createServerDatabase,
  dropServerDatabase,
  hasServerDatabase,
  toServerDatabase,
} from "./server-database.js";

/** Is the database there? One in memory never is. */
export async function hasDatabase(target: DatabaseTarget): Promise<boolean> {
  const server = toServerDatabase(target);
  if (server !== undefined) return hasServerDatabase(server);
  const file = toFileDatabase(target);
  return file !== undefined && hasFileDatabase(file);
}

/**
 * Would connecting to the project's database make it? So it is with a file or a folder that is not there.
 *
 * @throws AshlarError as `readTarget` does
 */
export async function isUnmade(options: KnexfileOptions): Promise<boolean> {
  const target = await readTarget(options);
  const file = toFileDatabase(target);
  return file !== undefined && !hasFileDatabase(file);
}

/**
 * Makes the database where it is missing; false where it is there.
 *
 * @throws AshlarError as `createServerDatabase` does
 * @example
 * await createDatabase(await readTarget({ root: "/home/ada/shop", knexfile: "knexfile.ts" })); // true
 */
export async function createDatabase(target: DatabaseTarget): Promise<boolean> {
  const server = toServerDatabase(target);
  if (server !== undefined) return createServerDatabase(server);
  const file = toFileDatabase(target);
  return file !== undefined && createFileDatabase(file);
}

/**
 * Drops the database with everything in it; false where there is none.
 *
 * @param options.force ends the connections that its user has to it
 * @throws AshlarError as `dropServerDatabase` and `dropFileDatabase` do
 * @example
 * await dropDatabase(target, { force: false }); // true
 */
export async function dropDatabase(
  target: DatabaseTarget,
  options: { readonly force: boolean },
): Promise<boolean> {
  const server = toServerDatabase(target);
  if (server !== undefined) return dropServerDatabase(server, options);
  const file = toFileDatabase(target);
  return file !== undefined && dropFileDatabase(file);
}

function toFileDatabase({ place, root }: DatabaseTarget): FileDatabase | undefined {
  return place.kind === "pglite" || place.kind === "sqlite" ? { ...place, root } : undefined;
}
