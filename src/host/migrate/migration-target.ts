import { usageError } from "../../support/problem.js";
import { suggest } from "../../generator/did-you-mean.js";
import { removeExtension } from "./records.js";

/**
 * The one migration that `given` names: its whole name, with or without the extension, or the start of it; `noun` is
 * what the names are.
 *
 * @throws AshlarError `migration.unknown`, `migration.ambiguous`
 * @example
 * findTarget("20260101", ["20260101120000_create_users.ts", "20260102120000_create_tasks.ts"], "migration");
 * // "20260101120000_create_users.ts"
 */
export function findTarget(given: string, names: readonly string[], noun: string): string {
  const whole = names.find((name) => name === given || removeExtension(name) === given);
  if (whole !== undefined) return whole;
  const [first, ...others] = given === "" ? [] : names.filter((name) => name.startsWith(given));
  if (first === undefined) throw createUnknownError(given, names, noun);
  if (others.length === 0) return first;
  throw usageError({
    code: "migration.ambiguous",
    message: `"${given}" begins the names of several migrations: ${quoteAll([first, ...others])}.`,
    hint: "Type more of the name.",
  });
}

function createUnknownError(given: string, names: readonly string[], noun: string): Error {
  const listing = names.length === 0 ? "There are none." : `The last are ${quoteAll(names.slice(-3))}.`;
  return usageError({
    code: "migration.unknown",
    message: `There is no ${noun} "${given}".`,
    hint: suggest(given, names, listing),
  });
}

function quoteAll(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}
