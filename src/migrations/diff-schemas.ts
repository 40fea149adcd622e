import { findEnums } from "./enum-types.js";
import type { Operation } from "./operation.js";
import type { Snapshot } from "./snapshot.js";
import { parseTableKey } from "./table-key.js";

/** Every database of PostgreSQL comes with it. */
const ALWAYS_THERE = "public";

/** The schemas that tables and enum types come to need, and those that nothing needs any more. */
export function diffSchemas(before: Snapshot, after: Snapshot) {
  const [old, wanted] = [findSchemas(before), findSchemas(after)];
  return {
    created: wanted
      .filter((schema) => !old.includes(schema))
      .map((schema): Operation => ({ kind: "createSchema", schema })),
    dropped: old
      .filter((schema) => !wanted.includes(schema))
      .map((schema): Operation => ({ kind: "dropSchema", schema })),
  };
}

/** The schemas of all tables and enum types, sorted, save the one that is always there. */
export function findSchemas(snapshot: Snapshot): readonly string[] {
  const ofTables = [...snapshot.values()].map(({ schema }) => schema);
  const ofEnums = [...findEnums(snapshot).keys()].map((name) => parseTableKey(name).schema);
  const schemas = new Set([...ofTables, ...ofEnums].filter((schema) => schema !== undefined));
  schemas.delete(ALWAYS_THERE);
  return [...schemas].sort();
}
