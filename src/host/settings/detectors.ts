import { statSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import type { DatabaseKind } from "../../generator/settings.js";
import { failure, type AshlarError } from "../../support/problem.js";
import { findDatabaseKind, type Knexfile } from "./knexfile-reader.js";
import type { Manifest } from "./manifest.js";
import type { ModuleSettings } from "./tsconfig-reader.js";

/** A value and where it comes from: a file, or in words. */
export interface Found<Value> {
  readonly value: Value;
  readonly from: string;
}

/** What a project says of itself outside ashlar.config.json. */
export interface Clues {
  readonly root: string;
  readonly manifest: Manifest;
  readonly modules: ModuleSettings;
  readonly knexfile: Knexfile | undefined;
}

export function byDefault<Value>(value: Value): Found<Value> {
  return { value, from: "default" };
}

export function detectSource({ root, modules }: Clues): Found<string> {
  if (modules.rootDir !== undefined) return { value: modules.rootDir, from: modules.path ?? "tsconfig.json" };
  return findFolder(root, ["src", "app", "lib", "server"]) ?? byDefault("src");
}

/** Knex's own default is beside the knexfile. */
export function detectMigrations({ root, knexfile }: Clues): Found<string> {
  if (knexfile?.migrations !== undefined) return { value: knexfile.migrations, from: knexfile.path };
  const beside = join(dirname(knexfile?.path ?? ""), "migrations");
  const usual = ["migrations", "db/migrations", "database/migrations", "src/migrations"];
  return findFolder(root, [beside, ...usual]) ?? byDefault(beside);
}

/** @throws AshlarError `database.unsupported` */
export function detectDatabase({ knexfile, manifest }: Clues): Found<DatabaseKind> {
  const clients = knexfile?.clients ?? [];
  const fromKnexfile = chooseKind(clients, knexfile?.path);
  if (fromKnexfile !== undefined) return fromKnexfile;
  const foreign = clients.find((client) =>
    /^(mysql|mariadb|mssql|oracle|cockroach|redshift|tedious)/i.test(client),
  );
  if (foreign !== undefined) throw createUnsupportedError(foreign, knexfile?.path);
  const { dependencies, devDependencies } = manifest;
  return (
    chooseKind(dependencies, "package.json") ??
    chooseKind(devDependencies, "package.json") ??
    byDefault("pglite")
  );
}

/** Among several, the one that production is likeliest to run on. */
function chooseKind(names: readonly string[], from = ""): Found<DatabaseKind> | undefined {
  const kinds = names.map(findDatabaseKind);
  const value = (["postgres", "pglite", "sqlite"] as const).find((kind) => kinds.includes(kind));
  return value === undefined ? undefined : { value, from };
}

function createUnsupportedError(client: string, knexfile = "the knexfile"): AshlarError {
  return failure({
    code: "database.unsupported",
    message: `"${client}" in ${knexfile} is a database that ashlar does not write for.`,
    hint: 'Where the project also runs on another, say which in ashlar.config.json, such as: { "database": "postgres" }',
  });
}

function findFolder(root: string, candidates: readonly string[]): Found<string> | undefined {
  const value = candidates.find((path) =>
    statSync(join(root, path), { throwIfNoEntry: false })?.isDirectory(),
  );
  return value === undefined ? undefined : { value, from: `the folder ${value}` };
}
