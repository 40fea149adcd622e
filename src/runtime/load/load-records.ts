import type { TableMap } from "../mapping/table-map.js";
import { buildLoad, type QueryBuilder } from "../query/query.js";
import type { LoadData } from "../query/query-data.js";
import type { Session } from "../session/session.js";
import { isLoaded } from "./loaded-property.js";
import { loadRelationships } from "./load-relationships.js";

/** How `repo.load` was told to read: as a function narrows it, or anew. */
export type LoadHow = ((query: QueryBuilder) => QueryBuilder) | { readonly reload?: boolean } | undefined;

/**
 * Loads a relationship into records that are there. Records that have it loaded keep it, unless it is to be read anew or
 * narrowed; what is nested is then loaded into what they have.
 */
export async function loadRecords(
  session: Session,
  table: TableMap,
  records: readonly object[],
  { name, how }: { readonly name: string; readonly how: LoadHow },
): Promise<void> {
  const load = buildLoad(session, table, name, typeof how === "function" ? how : undefined);
  const isAnew = isNarrowed(load) || (typeof how === "object" && how.reload === true);
  await loadMissing(session, { table, load, isAnew }, records);
}

interface Loading {
  readonly table: TableMap;
  readonly load: LoadData;
  readonly isAnew: boolean;
}

async function loadMissing(
  session: Session,
  { table, load, isAnew }: Loading,
  records: readonly object[],
): Promise<void> {
  const { name } = load.relationship;
  const present = isAnew ? [] : records.filter((record) => isLoaded(record, name));
  const missing = isAnew ? records : records.filter((record) => !isLoaded(record, name));
  if (missing.length > 0) await loadRelationships(session, table, missing, [load]);
  const related = present.flatMap((record) => readLoaded(record, name));
  if (related.length === 0) return;
  for (const nested of load.query.loads) {
    const further = { table: load.query.table, load: nested, isAnew: isNarrowed(nested) };
    await loadMissing(session, further, related);
  }
}

/** What the primary read action says holds for every load. */
function isNarrowed({ query }: LoadData): boolean {
  const { conditions, limit, offset, select, sort, prepared } = query;
  if (prepared !== undefined) {
    const parts = ["conditions", "sort", "limit", "offset", "select"] as const;
    return parts.some((part) => query[part] !== prepared[part]);
  }
  return (
    conditions.length > 0 || sort.length > 0 || [limit, offset, select].some((each) => each !== undefined)
  );
}

function readLoaded(record: object, name: string): object[] {
  // A record is an object of its attributes and relationships by their names.
  const loaded = (record as Readonly<Record<string, unknown>>)[name];
  return (Array.isArray(loaded) ? loaded : [loaded]).filter(
    (each) => typeof each === "object" && each !== null,
  );
}
