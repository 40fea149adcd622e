import { createRecord, columnOf, listColumns, type TableMap } from "../mapping/table-map.js";
import { limitRows, renderTupleMatch } from "../mapping/tuples.js";
import { writeSql } from "../mapping/fragment.js";
import { sendRows } from "../session/session.js";
import { keyOfRecord, type ItemKey } from "./item-key.js";
import type { AnyRecord, ManageTask } from "./manage-task.js";

/** The records that have one of these keys, by the text of the key: one statement for all keys of the same attributes. */
export async function lookUp(
  { context, destination }: Pick<ManageTask, "context" | "destination">,
  keys: readonly ItemKey[],
): Promise<ReadonlyMap<string, AnyRecord>> {
  const found = new Map<string, AnyRecord>();
  for (const group of groupByAttributes(destination, keys)) {
    const attributes = group[0]?.attributes ?? [];
    const columns = attributes.map((name) => columnOf(destination, name));
    const rows = group.map(({ values }) => attributes.map((name) => values[name]));
    const match = renderTupleMatch(destination, columns, { rows });
    const select = writeSql`select ${listColumns(destination, destination.columns)} from ${destination.table} where ${match}`;
    const statement = { resource: destination.definition, operation: "read" } as const;
    for (const row of await sendRows(context.session, select, statement)) {
      const record = createRecord(destination, destination.columns, row);
      found.set(keyOfRecord(destination, attributes, record).text, record);
    }
  }
  return found;
}

/** Keys of the same attributes, as many as a statement takes. */
function groupByAttributes(table: TableMap, keys: readonly ItemKey[]): readonly (readonly ItemKey[])[] {
  const groups = new Map<string, Map<string, ItemKey>>();
  for (const key of keys) {
    const name = key.attributes.join("\n");
    const group = groups.get(name) ?? new Map<string, ItemKey>();
    group.set(key.text, key);
    groups.set(name, group);
  }
  return [...groups.values()].flatMap((group) => splitGroup(table, [...group.values()]));
}

function splitGroup(table: TableMap, keys: readonly ItemKey[]): readonly (readonly ItemKey[])[] {
  const size =
    keys[0]?.attributes.length === 1 ? keys.length : limitRows(table, keys[0]?.attributes.length ?? 1);
  const parts: ItemKey[][] = [];
  for (let start = 0; start < keys.length; start += size) parts.push(keys.slice(start, start + size));
  return parts;
}
