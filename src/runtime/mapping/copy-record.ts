import type { TableMap } from "./table-map.js";

type AnyRecord = Record<string, unknown>;

/** A record with all that another has, loaded relationships included, and newer values. */
export function copyRecord({ makeRecord }: TableMap, record: AnyRecord, newer: AnyRecord): AnyRecord {
  const copy = makeRecord();
  for (const each of [record, newer]) {
    for (const [name, value] of Object.entries(each)) {
      Object.defineProperty(copy, name, { value, writable: true, enumerable: true, configurable: true });
    }
  }
  return copy;
}
