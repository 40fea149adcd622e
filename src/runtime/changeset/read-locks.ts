import { usageError } from "../../support/problem.js";
import type { Draft } from "./draft.js";

/**
 * The values that locked attributes have in the record as it was read.
 *
 * @throws AshlarError `record.lock.unread` where the record does not have them
 */
export function readLocks({ table, locks, record = {} }: Draft): ReadonlyMap<string, unknown> {
  return new Map(
    [...locks].map((name) => {
      if (Object.hasOwn(record, name)) return [name, record[name]] as const;
      throw usageError({
        code: "record.lock.unread",
        message: `This ${table.definition.name} was read without "${name}", by which changes of others are noticed.`,
        hint: `Select "${name}" too, or read the whole record.`,
      });
    }),
  );
}
