import { pluralize } from "../inflection.js";

/** A list that is longer tells how many there are more. */
const most = 12;

/**
 * Names of one kind, for a sentence.
 *
 * @example
 * listNames("view", ["a", "b"]); // `views "a", "b"`
 */
export function listNames(kind: string, names: readonly string[]): string {
  const shown = names.slice(0, most).map((name) => `"${name}"`);
  const more = names.length > most ? [`${names.length - most} more`] : [];
  return `${names.length === 1 ? kind : pluralize(kind).replaceAll("_", " ")} ${[...shown, ...more].join(", ")}`;
}
