import type { OpenContender } from "./contender.js";

/** Each is loaded in its own process only, so that none pays for another. */
const loaders = {
  pg: async () => (await import("./contenders/pg.js")).openPg,
  ashlar: async () => (await import("./contenders/ashlar.js")).openAshlar,
  knex: async () => (await import("./contenders/knex.js")).openKnex,
  kysely: async () => (await import("./contenders/kysely.js")).openKysely,
  drizzle: async () => (await import("./contenders/drizzle.js")).openDrizzle,
  objection: async () => (await import("./contenders/objection.js")).openObjection,
} satisfies Record<string, () => Promise<OpenContender>>;

export type ContenderName = keyof typeof loaders;

export const contenderNames = [
  "pg",
  "ashlar",
  "knex",
  "kysely",
  "drizzle",
  "objection",
] as const satisfies readonly ContenderName[];

export function loadContender(name: ContenderName): Promise<OpenContender> {
  return loaders[name]();
}
