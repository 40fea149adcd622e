/**
 * The keys of a record that is written out in full.
 *
 * @example
 * keysOf({ open: 0, done: 1 }); // ["open", "done"], as ("open" | "done")[]
 */
export function keysOf<Key extends string>(record: Readonly<Record<Key, unknown>>): readonly Key[] {
  // The compiler allows for more keys than the type has; a record written out in full has no others.
  return Object.keys(record) as Key[];
}
