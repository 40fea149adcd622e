import type { Draft } from "../changeset/draft.js";

/**
 * Gives null to what some of the new rows leave out and others give, so that one statement writes them all. Every default
 * is filled in by now; only what the database counts is left to it.
 */
export function alignValues(drafts: readonly Draft[]): void {
  if (drafts.length < 2) return;
  const names = new Set(drafts.flatMap(({ values }) => [...values.keys()]));
  for (const { table, values } of drafts) {
    const missing = table.columns.filter(
      ({ name, attribute }) => names.has(name) && attribute.default === undefined,
    );
    for (const { name } of missing) if (!values.has(name)) values.set(name, null);
  }
  for (const { values } of drafts) sortEntries(values);
}

/** Rows go into one statement where they give the same attributes in the same order. */
function sortEntries(values: Map<string, unknown>): void {
  const entries = [...values].toSorted(([left], [right]) => (left < right ? -1 : 1));
  values.clear();
  for (const [name, value] of entries) values.set(name, value);
}
