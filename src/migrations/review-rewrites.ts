import { keepsValues } from "./keeps-values.js";
import type { Operation, OperationOf } from "./operation.js";
import { buildType } from "./render/sql/type.js";
import type { Review } from "./review.js";
import type { ColumnSnapshot } from "./snapshot.js";
import { isGeneratedAlike } from "./is-generated-alike.js";
import { nameType } from "./type-change.js";

/**
 * For which steps PostgreSQL writes a whole table anew, while nobody else reads or writes it. How long that takes is a
 * matter of the rows, which only the project knows.
 *
 * @example
 * reviewRewrites([{ kind: "alterColumn", table: "orders", before, after }])[0]?.code; // "migration.table.rewritten"
 */
export function reviewRewrites(operations: readonly Operation[]): readonly Review[] {
  return operations.flatMap((operation): readonly Review[] => {
    switch (operation.kind) {
      case "addColumn":
        return reviewAddition(operation);
      case "alterColumn":
        return reviewAlteration(operation);
      case "replaceEnum":
        return operation.uses.map(({ table, column }) =>
          review(table, `gives "${column.name}" the words that "${operation.after.name}" has then`),
        );
      default:
        return [];
    }
  });
}

function reviewAddition({ table, column }: OperationOf<"addColumn">): readonly Review[] {
  const { name } = column;
  if (column.virtual) return [];
  if (column.generatedAs !== undefined) return [review(table, `works out "${name}" for every row`)];
  return isNumbered(column) ? [review(table, `gives every row a number as "${name}"`)] : [];
}

function isNumbered({ default: given }: ColumnSnapshot): boolean {
  return given?.kind === "increment" || given?.kind === "identity";
}

function reviewAlteration(operation: OperationOf<"alterColumn">): readonly Review[] {
  const { table, before, after, using } = operation;
  const isMadeAnew = after.generatedAs !== undefined ? !isGeneratedAlike(before, after) : before.virtual;
  if (isMadeAnew && !after.virtual) return [review(table, `works out "${after.name}" for every row`)];
  const [from, to] = [buildType(before.type, "postgres"), buildType(after.type, "postgres")];
  if (from === to || (using === undefined && keepsValues(from, to))) return [];
  return [
    review(
      table,
      `changes "${after.name}" from ${nameType(before.type)} to ${nameType(after.type)}`,
      "On a large table take a new column instead: add it, let the program write both, fill the rows in, let it read the new one, drop the old.",
    ),
  ];
}

function review(
  table: string,
  why: string,
  hint = "On a large table run it when the table can be missed for a while.",
): Review {
  return {
    code: "migration.table.rewritten",
    message: `PostgreSQL writes "${table}" anew as it ${why}: nobody else reads or writes the table until that is done.`,
    hint,
    severity: "notice",
  };
}
