/* What SQLite has no way to hold; said while a migration is written, not when it runs. */
import type { Problem } from "../../support/problem.js";
import { AshlarError } from "../../support/problem.js";
import { enumOf } from "../enum-types.js";
import type { Operation } from "../operation.js";
import type {
  ColumnSnapshot,
  ForeignKeySnapshot,
  IndexSnapshot,
  Snapshot,
  TableSnapshot,
} from "../snapshot.js";
import { buildTableKey, parseTableKey } from "../table-key.js";
import { listChangedTables } from "../operation-subject.js";
import { isNumbered, isOnlyKeyColumn } from "./numbered-key.js";

/**
 * Throws where the operations ask of SQLite what it does not have.
 *
 * @throws AshlarError `migration.sqlite.unsupported` and `migration.increment.unsupported`, all of them together.
 */
export function assertSqliteHas(operations: readonly Operation[], before: Snapshot): void {
  const changed = listChangedTables(operations, before);
  const problems = [...operations.flatMap(findProblems), ...changed.flatMap(findNumberingProblems)];
  const distinct = new Map(problems.map((problem) => [problem.message, problem]));
  if (distinct.size > 0) throw new AshlarError("failure", [...distinct.values()]);
}

function findProblems(operation: Operation): readonly Problem[] {
  switch (operation.kind) {
    case "createTable":
      return findTableProblems(operation.table);
    case "renameTable":
      return parseTableKey(operation.to).schema === undefined ? [] : [schemaProblem(operation.to)];
    case "addColumn":
      return findColumnProblems(operation.table, operation.column);
    case "alterColumn":
      return findColumnProblems(operation.table, operation.after);
    case "addIndex":
      return findIndexProblems(operation.table, operation.index);
    case "addForeignKey":
      return findForeignKeyProblems(operation.table, operation.foreignKey);
    default:
      return [];
  }
}

function findTableProblems(table: TableSnapshot): readonly Problem[] {
  const key = buildTableKey(table);
  return [
    ...(table.schema === undefined ? [] : [schemaProblem(key)]),
    ...table.columns.flatMap((column) => findColumnProblems(key, column)),
    ...table.indexes.flatMap((index) => findIndexProblems(key, index)),
    ...table.foreignKeys.flatMap((foreignKey) => findForeignKeyProblems(key, foreignKey)),
  ];
}

/** Of the tables as they are in the end: in between, a key may be gone for a while. */
function findNumberingProblems(table: TableSnapshot): readonly Problem[] {
  return table.columns
    .filter((column) => isNumbered(column) && !isOnlyKeyColumn(table, column))
    .map((column) => numberingProblem(buildTableKey(table), column));
}

function schemaProblem(table: string): Problem {
  return lacking(
    `schemas, and "${table}" is in one`,
    `Leave out "schema" of "${parseTableKey(table).name}".`,
  );
}

function findColumnProblems(table: string, column: ColumnSnapshot): readonly Problem[] {
  const { name, type, default: given } = column;
  const place = `"${name}" of "${table}"`;
  const native = enumOf(type);
  return [
    ...(native
      ? [lacking(`enum types, and ${place} is of "${native.name}"`, `Leave out .native(...) of "${name}".`)]
      : []),
    ...(type.databaseType === undefined || isTypeName(type.databaseType)
      ? []
      : [
          lacking(
            `type "${type.databaseType}", and ${place} is of it`,
            `Leave out .databaseType(...) of "${name}".`,
          ),
        ]),
    ...(given?.kind === "identity"
      ? [
          lacking(
            `identity columns, and ${place} is one`,
            `Let "${name}" be generated("increment"), as the only primary key.`,
          ),
        ]
      : []),
  ];
}

/** SQLite takes whatever words for a type, with up to two numbers after them; only PostgreSQL has lists of a type. */
function isTypeName(type: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}_$]*( [\p{L}_][\p{L}\p{N}_$]*)*( ?\([+-]?\d+( ?, ?[+-]?\d+)?\))?$/u.test(type);
}

function findIndexProblems(table: string, index: IndexSnapshot): readonly Problem[] {
  const place = `the index "${index.name}" of "${table}"`;
  return [
    ...(index.method === undefined
      ? []
      : [lacking(`indexes of the method "${index.method}", and ${place} is one`, `Leave out "method".`)]),
    ...(index.include === undefined
      ? []
      : [lacking(`"include", and ${place} has it`, `Leave out "include".`)]),
    ...(index.nullsNotDistinct
      ? [lacking(`"nullsDistinct: false", and ${place} has it`, `Leave out "nullsDistinct".`)]
      : []),
  ];
}

function findForeignKeyProblems(table: string, { name, setNull }: ForeignKeySnapshot): readonly Problem[] {
  if (setNull === undefined) return [];
  const columns = setNull.map((column) => `"${column}"`).join(", ");
  return [
    lacking(
      `way to make only ${columns} null, as the foreign key "${name}" of "${table}" asks`,
      `Say onDelete: "nilify", which makes all of its columns null, or "cascade".`,
    ),
  ];
}

function lacking(what: string, hint: string): Problem {
  return { code: "migration.sqlite.unsupported", message: `SQLite has no ${what}.`, hint };
}

function numberingProblem(table: string, { name }: ColumnSnapshot): Problem {
  return {
    code: "migration.increment.unsupported",
    message: `SQLite numbers only a column that is the whole primary key; "${name}" of "${table}" is not.`,
    hint: `Make "${name}" the only primary key, or let it be an ordinary integer.`,
  };
}
