import type { OperationOf } from "../operation.js";
import type { Snapshot } from "../snapshot.js";
import type { RenderContext } from "./context.js";
import { quoteName, quoteTable } from "./sql/names.js";
import { type Step, raw } from "./step.js";

/**
 * Puts values into the rows that have none. PostgreSQL alters no table while a deferred foreign key from or to it is yet
 * to be checked for a row, so these are checked at once.
 */
export function renderFill(
  operation: OperationOf<"fillColumn">,
  { database, schema }: RenderContext,
): readonly Step[] {
  const fill = raw(buildFill(operation), database);
  if (database === "sqlite" || !hasDeferredKey(operation.table, schema)) return [fill];
  return [fill, raw("set constraints all immediate", database)];
}

/** `update "users" set "age" = 18 where "age" is null` */
export function buildFill({ table, column, sql }: OperationOf<"fillColumn">): string {
  const name = quoteName(column);
  return `update ${quoteTable(table)} set ${name} = ${sql} where ${name} is null`;
}

function hasDeferredKey(table: string, schema: Snapshot): boolean {
  return [...schema].some(([key, { foreignKeys }]) =>
    foreignKeys.some(
      ({ deferrable, references }) =>
        deferrable === "initially deferred" && (key === table || references.table === table),
    ),
  );
}
