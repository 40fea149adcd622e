import { usageError } from "../../support/problem.js";
import { castStored, createRecord, columnOf, type TableMap } from "../mapping/table-map.js";
import type { RelationshipDefinition } from "../resource-definition.js";
import type { LoadData } from "../query/query-data.js";
import { currentKnex, send, type Row, type Session } from "../session/session.js";
import type { ValueKey } from "../values/value-key.js";
import { setLoaded } from "./loaded-property.js";
import { buildRelatedSelect, planRelatedRead, type JoinRead, type RelatedRead } from "./related-select.js";

type AnyRecord = Record<string, unknown>;

/** Reads what is to be loaded, a statement for each relationship however many the records, and puts it into the records. */
export async function loadRelationships(
  session: Session,
  table: TableMap,
  records: readonly object[],
  loads: readonly LoadData[],
): Promise<void> {
  for (const load of loads) {
    // A record is an object of its attributes by their names.
    await loadRelationship(session, table, records as readonly AnyRecord[], load);
  }
}

async function loadRelationship(
  session: Session,
  table: TableMap,
  parents: readonly AnyRecord[],
  load: LoadData,
): Promise<void> {
  const { name, sourceAttribute } = load.relationship;
  const { keyOf } = columnOf(table, sourceAttribute);
  const keys = new Map<ValueKey, unknown>();
  for (const parent of parents) {
    const key = parent[sourceAttribute];
    if (key === undefined) throw createKeyMissingError(table.definition.name, load.relationship);
    if (key !== null) keys.set(keyOf(key), key);
  }
  const related =
    keys.size === 0 ? new Map<ValueKey, object[]>() : await readRelated(session, load, [...keys.values()]);
  const isMany = load.relationship.kind === "hasMany" || load.relationship.kind === "manyToMany";
  for (const parent of parents) {
    const key = parent[sourceAttribute];
    const found = key === null ? undefined : related.get(keyOf(key));
    setLoaded(parent, name, isMany ? [...(found ?? [])] : (found?.[0] ?? null));
  }
}

function createKeyMissingError(resource: string, { name, sourceAttribute }: RelationshipDefinition): Error {
  return usageError({
    code: "relationship.key.missing",
    message: `"${name}" cannot be loaded into a ${resource} without its "${sourceAttribute}".`,
    hint: "Hand over records as they were read.",
  });
}

/** The related records by the key of their parent. */
async function readRelated(
  session: Session,
  load: LoadData,
  keys: readonly unknown[],
): Promise<Map<ValueKey, AnyRecord[]>> {
  const read = planRelatedRead(load);
  const statement = { resource: load.query.table.definition, operation: "read" } as const;
  const rows: Row[] = await send(
    session,
    buildRelatedSelect(currentKnex(session), load, read, keys),
    statement,
  );
  const groups = new Map<ValueKey, AnyRecord[]>();
  const records = rows.map((row) => addRow(groups, read, row));
  if (load.query.loads.length > 0) {
    await loadRelationships(session, load.query.table, records, load.query.loads);
  }
  return groups;
}

function addRow(groups: Map<ValueKey, AnyRecord[]>, read: RelatedRead, row: Row): AnyRecord {
  const record = createRecord(read.table, read.columns, row);
  const key = castStored(read.key.column, row[read.key.name]);
  if (read.join !== undefined) record["$join"] = createJoinRow(read.join, row, key, record);
  const groupKey = read.key.column.keyOf(key);
  const group = groups.get(groupKey);
  if (group === undefined) groups.set(groupKey, [record]);
  else group.push(record);
  return record;
}

function createJoinRow(join: JoinRead, row: Row, key: unknown, record: AnyRecord): AnyRecord {
  const joinRow = join.table.makeRecord();
  joinRow[join.source.name] = key;
  joinRow[join.destination.name] = record[join.destinationAttribute];
  for (const { column, name } of join.extra) joinRow[column.name] = castStored(column, row[name]);
  return joinRow;
}
