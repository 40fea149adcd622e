import type { Knex } from "knex";
import { checkDefinitions } from "./checks/check-definitions.js";
import type { Domain } from "./domain.js";

export interface RepoOptions {
  readonly domains: readonly Domain[];
}

/** The way to a database through the resources of its domains. */
export interface Repo {
  readonly knex: Knex;
  readonly domains: readonly Domain[];
}

/**
 * Joins a Knex connection and domains. Sends nothing to the database.
 *
 * @throws AshlarError with everything that is wrong in the definitions of the domains
 * @example
 * export const repo = createRepo(knex, { domains: [Accounts, Works] });
 */
export function createRepo(knex: Knex, { domains }: RepoOptions): Repo {
  checkDefinitions(domains);
  return Object.freeze({ knex, domains: Object.freeze([...domains]) });
}
