import { StaleRecordError } from "../errors/errors.js";
import type { Draft } from "./draft.js";

/** The error for a row that is gone. */
export function createStaleError(
  { table, record }: Draft,
  operation: "update" | "destroy",
): StaleRecordError {
  const key = Object.fromEntries(table.primaryKey.map(({ name }) => [name, record?.[name]]));
  return new StaleRecordError({ resource: table.definition, key, operation });
}
