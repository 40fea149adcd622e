import { isAshlarError } from "../../support/problem.js";
import { isUnmade } from "./develop-database.js";
import type { DatabaseOptions } from "../migrate/database.js";
import { readStatus } from "../migrate/status.js";

/** What the project's database knows of some migrations. */
export type AppliedState =
  | {
      readonly kind: "known";
      /** Those of them that have run. */
      readonly applied: readonly string[];
      /** Those that have run after the first of them. */
      readonly later: readonly string[];
    }
  /** Nobody can say, and why. */
  | { readonly kind: "unknown"; readonly why: string };

/**
 * Asks the database whether migrations have run, as far as it can be reached.
 *
 * @param names the migrations' files
 * @example
 * await findApplied({ root, knexfile: "knexfile.ts" }, ["20260101120000_create_users.ts"]);
 * // { kind: "known", applied: [], later: [] }
 */
export async function findApplied(
  location: DatabaseOptions,
  names: readonly string[],
): Promise<AppliedState> {
  try {
    if (await isUnmade(location)) return { kind: "known", applied: [], later: [] };
    const ran = (await readStatus(location)).flatMap((status) => ("ranAt" in status ? [status.name] : []));
    const first = ran.findIndex((name) => names.includes(name));
    const later = first === -1 ? [] : ran.slice(first).filter((name) => !names.includes(name));
    return { kind: "known", applied: ran.filter((name) => names.includes(name)), later };
  } catch (error) {
    if (!isAshlarError(error)) throw error;
    return { kind: "unknown", why: error.problems.map(({ message }) => message).join(" ") };
  }
}
