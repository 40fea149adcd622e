import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Knex } from "knex";
import { failure, isAshlarError, type AshlarError } from "../../support/problem.js";
import { findWhereabouts } from "./error-location.js";
import { readDefaultExport, type LoadModule } from "./module-loader.js";

export interface KnexfileOptions {
  /** The project's root, absolute. */
  readonly root: string;
  /** The knexfile, relative to the root; undefined where the project has none. */
  readonly knexfile: string | undefined;
  /** Which of several configurations; by default NODE_ENV, else `development`. */
  readonly environment?: string;
}

/**
 * Reads the knexfile at `path`: a configuration, one for each environment, or a function or promise that gives either.
 *
 * @throws AshlarError `knexfile.failed` with the place, `knexfile.invalid`, `knexfile.environment.unknown`
 */
export async function loadKnexfile(
  options: KnexfileOptions,
  path: string,
  load: LoadModule,
): Promise<Knex.Config> {
  return chooseEnvironment(options, await evaluate(options, path, load));
}

/**
 * The knexfile's absolute path.
 *
 * @throws AshlarError `knexfile.missing`
 */
export function locateKnexfile({ root, knexfile }: KnexfileOptions): string {
  const path = resolve(root, knexfile ?? "knexfile.ts");
  if (knexfile !== undefined && existsSync(path)) return path;
  throw failure({
    code: "knexfile.missing",
    message: knexfile === undefined ? "The project has no knexfile." : `There is no knexfile "${knexfile}".`,
    hint: 'Make one as https://knexjs.org/guide/migrations.html shows, or name it in ashlar.config.json: "knexfile".',
  });
}

async function evaluate(
  { root, knexfile }: KnexfileOptions,
  path: string,
  load: LoadModule,
): Promise<unknown> {
  try {
    const exported = readDefaultExport(await load(path));
    return await (typeof exported === "function" ? exported() : exported);
  } catch (error) {
    if (isAshlarError(error)) throw error;
    throw failure({
      code: "knexfile.failed",
      message: `The knexfile "${knexfile}" cannot be loaded: ${describeError(error)}.`,
      ...findWhereabouts(error, root, path),
    });
  }
}

/** Which of a knexfile's configurations is meant. */
export function findEnvironment({ environment }: Pick<KnexfileOptions, "environment">): string {
  // A script that sets it to nothing means none.
  return environment ?? (process.env["NODE_ENV"] || "development");
}

function chooseEnvironment(options: KnexfileOptions, exported: unknown): Knex.Config {
  const environment = findEnvironment(options);
  if (!isRecord(exported)) throw createInvalidError(options, "exports no configuration");
  const chosen = exported[environment] ?? exported;
  if (isRecord(chosen) && (chosen["client"] !== undefined || chosen["dialect"] !== undefined)) return chosen;
  const environments = Object.keys(exported).filter((key) => isRecord(exported[key]));
  if (chosen === exported && Object.values(exported).some((value) => isRecord(value) && "client" in value)) {
    throw createUnknownEnvironmentError(options, environment, environments);
  }
  throw createInvalidError(options, 'exports a configuration without "client"');
}

function createInvalidError({ knexfile }: KnexfileOptions, what: string): AshlarError {
  return failure({
    code: "knexfile.invalid",
    message: `The knexfile "${knexfile}" ${what}.`,
    hint: 'Export one by default, such as: export default { client: "pg", connection: process.env.DATABASE_URL };',
  });
}

function createUnknownEnvironmentError(
  { knexfile }: KnexfileOptions,
  environment: string,
  environments: readonly string[],
): AshlarError {
  const [first = ""] = environments;
  return failure({
    code: "knexfile.environment.unknown",
    message: `The knexfile "${knexfile}" has no configuration "${environment}"; it has ${environments.map((name) => `"${name}"`).join(", ")}.`,
    hint: `Choose one by NODE_ENV, such as: NODE_ENV=${first}`,
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** The first line of what a thrown value says, without its full stop. A parser goes on with what the frame shows. */
export function describeError(error: unknown): string {
  const [line = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
  return line.trim().replace(/\.$/, "");
}
