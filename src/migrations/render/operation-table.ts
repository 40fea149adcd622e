import type { Operation } from "../operation.js";
import { buildTableKey } from "../table-key.js";

/** The key of the table that an operation changes, as it is called after; undefined for schemas and enum types. */
export function tableOf(operation: Operation | undefined): string | undefined {
  if (!operation) return undefined;
  if (operation.kind === "renameTable") return operation.to;
  if (!("table" in operation)) return undefined;
  return typeof operation.table === "string" ? operation.table : buildTableKey(operation.table);
}
