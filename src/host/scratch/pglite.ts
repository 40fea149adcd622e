import { createRequire } from "node:module";
import type { Extensions } from "@electric-sql/pglite";
import type { Knex } from "knex";
import { resolveInstalled } from "../../databases/load-driver.js";
import { PgliteClient } from "../../databases/pglite.js";
import { openKnex } from "../migrate/database.js";

/** Runs work on PGlite in memory, with the extensions that the SQL asks for as far as PGlite has them. */
export async function withPglite<Result>(
  { root, prerequisites }: { readonly root: string; readonly prerequisites: string },
  work: (knex: Knex) => Promise<Result>,
): Promise<Result> {
  const extensions = loadExtensions(prerequisites);
  const knex = openKnex(root, { client: PgliteClient, connection: { dataDir: "memory://", extensions } });
  try {
    return await work(knex);
  } finally {
    await knex.destroy();
  }
}

const createExtension = /create\s+extension\s+(?:if\s+not\s+exists\s+)?"?([\w-]+)"?/gi;

function loadExtensions(sql: string): Extensions {
  const names = [...sql.matchAll(createExtension)].map(([, name = ""]) => name.replaceAll("-", "_"));
  return Object.fromEntries(names.flatMap((name) => loadExtension(name)));
}

/** PGlite ships most beside its own module, each exported by its own name. */
function loadExtension(name: string): readonly (readonly [string, Extensions[string]])[] {
  const entry = resolveInstalled("@electric-sql/pglite");
  if (entry === undefined) return [];
  const load = createRequire(entry);
  for (const path of [`@electric-sql/pglite/contrib/${name}`, `@electric-sql/pglite/${name}`]) {
    const found = loadFrom(load, path, name);
    if (found !== undefined) return [[name, found]];
  }
  return [];
}

function loadFrom(load: NodeJS.Require, path: string, name: string): Extensions[string] | undefined {
  try {
    const module: Extensions = load(path);
    return module[name];
  } catch {
    return undefined;
  }
}
