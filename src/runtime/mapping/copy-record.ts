import type { TableMap } from "./table-map.js";

type AnyRecord = Record<string, unknown>;

/** A record with all that another has, loaded relationships included, and newer values. */
export function copyRecord({ makeRecord }: TableMap, record: AnyRecord, newer: AnyRecord): AnyRecord {
  // The setters of what was not loaded or selected make own properties of it.
  return Object.assign(makeRecord(), record, newer);
}
