import type { Draft } from "../changeset/draft.js";
import { needsCurrent } from "./needs-current.js";

/**
 * Is this one append of records that are there, to a record that does not change? Then one insert is all, and needs no
 * transaction around it.
 */
export function isOneStatement(drafts: readonly Draft[]): boolean {
  const [draft, ...more] = drafts;
  if (draft === undefined || more.length > 0) return false;
  const { values, increments, managed, before, after, afterCommit } = draft;
  const hooks = before.length + after.length + afterCommit.length;
  const [call, ...others] = managed;
  if (hooks + values.size + increments.size > 0 || call === undefined || others.length > 0) return false;
  const { relationship, rules, items } = call;
  return (
    relationship.kind === "manyToMany" &&
    !needsCurrent(rules) &&
    rules.onLookup === "relate" &&
    items.every(({ record }) => record !== undefined)
  );
}
