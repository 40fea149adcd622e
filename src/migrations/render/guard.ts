import { indent, quote, renderRaw, type MigrationDatabase } from "./source.js";
import { renderPath } from "./call.js";
import { isPlainKey } from "./plain.js";
import { protectQuestionMarks } from "./sql/question-marks.js";
import { quoteTable } from "./sql/names.js";
import { source, type Step } from "./step.js";

export interface Guard {
  /** The table's key. */
  readonly table: string;
  /** What is true of a row, in SQL, that cannot be kept. */
  readonly where: string;
  /** What the error says. */
  readonly message: string;
}

/** The step that stops a migration before it would change what some row holds. */
export function renderGuard({ table, where, message }: Guard, database: MigrationDatabase): Step {
  const condition = quote(protectQuestionMarks(where, database));
  return source(
    [
      `if (await ${renderTable(table, database)}.whereRaw(${condition}).first()) {`,
      ...indent([`throw new Error(${quote(message)});`]),
      "}",
    ].join("\n"),
  );
}

/** A query of the table: `knex("users")`. */
export function renderTable(table: string, database: MigrationDatabase): string {
  if (isPlainKey(table)) return `knex(${renderPath(table)})`;
  return `knex.from(${renderRaw(quoteTable(table), database)})`;
}

/** Steps that may need to know whether the table has rows, as `isEmpty`. */
export function renderWhereEmpty(
  { table, why }: { readonly table: string; readonly why: string },
  statements: readonly string[],
  database: MigrationDatabase,
): Step {
  const isEmpty = `const isEmpty = (await ${renderTable(table, database)}.first()) === undefined;`;
  return source(["{", ...indent([`// ${why}`, isEmpty, ...statements]), "}"].join("\n"));
}
