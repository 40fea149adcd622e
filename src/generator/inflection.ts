import inflection from "inflection";
import { splitWords, toCamelCase, toSnakeCase } from "../support/casing.js";

/** The plural of a name's last word, in snake_case: `UserTask` gives `user_tasks`. */
export function pluralize(name: string): string {
  const words = splitWords(name);
  const last = words.pop() ?? "";
  return [...words, inflection.pluralize(last)].join("_");
}

/** The names that a resource's plural gives: its table, and what a list of it is called. */
export interface PluralNames {
  readonly table: string;
  readonly list: string;
}

/**
 * @param plural the plural to use where the inflector's is wrong, in any casing
 * @example
 * derivePluralNames("UserTask"); // { table: "user_tasks", list: "userTasks" }
 */
export function derivePluralNames(name: string, plural?: string): PluralNames {
  const words = plural === undefined ? pluralize(name) : toSnakeCase(plural);
  return { table: words, list: toCamelCase(words) };
}
