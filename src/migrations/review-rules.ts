import { hasSameContent } from "./canonical-json.js";
import { nameColumn } from "./expand-operations.js";
import type { Operation, OperationVisitor } from "./operation.js";
import type { Review } from "./review.js";
import type { IndexColumn } from "./snapshot.js";

type AddedKind = "addPrimaryKey" | "addIndex" | "addForeignKey" | "addCheck";

/** What to tell of rules that rows come under, unless the rows were under them before or have no values yet. */
export function buildAddedRules(
  operations: readonly Operation[],
): Pick<OperationVisitor<readonly Review[]>, AddedKind> {
  const emptyColumns = findEmptyColumns(operations);
  const areEmpty = (table: string, columns: readonly IndexColumn[]) =>
    columns.some((column) => typeof column === "string" && emptyColumns.has(nameColumn(table, column)));
  const isBack = (kind: Operation["kind"], added: Operation) =>
    operations.some(
      (operation) => operation.kind === kind && hasSameContent({ ...operation, kind: added.kind }, added),
    );
  return {
    addPrimaryKey: (operation) => {
      const { table, primaryKey } = operation;
      return isBack("dropPrimaryKey", operation)
        ? []
        : [reviewKey(table, primaryKey.columns, "the primary key of")];
    },
    addIndex: (operation) => {
      const { table, index } = operation;
      const isTold = index.unique && !areEmpty(table, index.columns) && !isBack("dropIndex", operation);
      return isTold ? [reviewKey(table, index.columns, "unique in")] : [];
    },
    addForeignKey: ({ table, foreignKey: { columns, references } }) => {
      const wasThere = operations.some(
        (operation) =>
          operation.kind === "dropForeignKey" &&
          operation.table === table &&
          hasSameContent(
            [operation.foreignKey.columns, operation.foreignKey.references],
            [columns, references],
          ),
      );
      return wasThere || areEmpty(table, columns) ? [] : [reviewForeignKey(table, columns, references.table)];
    },
    addCheck: (operation) =>
      isBack("dropCheck", operation) ? [] : [reviewCheck(operation.table, operation.check.sql)],
  };
}

/** New columns without a value in any row: no unique index or foreign key can fail over them. */
function findEmptyColumns(operations: readonly Operation[]): ReadonlySet<string> {
  const names = operations.flatMap((operation) =>
    operation.kind === "addColumn" && !operation.column.default && operation.column.generatedAs === undefined
      ? [nameColumn(operation.table, operation.column.name)]
      : [],
  );
  const filled = operations.flatMap((operation) =>
    operation.kind === "fillColumn" ? [nameColumn(operation.table, operation.column)] : [],
  );
  return new Set(names.filter((name) => !filled.includes(name)));
}

function reviewKey(table: string, columns: readonly IndexColumn[], role: string): Review {
  return {
    code: "migration.key.added",
    message: `${listColumns(columns)} becomes ${role} "${table}".`,
    hint: "The migration fails where two rows hold the same values.",
    severity: "notice",
  };
}

function reviewForeignKey(table: string, columns: readonly string[], destination: string): Review {
  return {
    code: "migration.foreign_key.added",
    message: `${listColumns(columns)} of "${table}" has to refer to a row of "${destination}".`,
    hint: "The migration fails where it refers to none.",
    severity: "notice",
  };
}

function reviewCheck(table: string, sql: string): Review {
  return {
    code: "migration.check.added",
    message: `Rows of "${table}" have to meet: ${sql}`,
    hint: "The migration fails where one does not.",
    severity: "notice",
  };
}

function listColumns(columns: readonly IndexColumn[]): string {
  return columns
    .map((column) => (typeof column === "string" ? `"${column}"` : `(${column.sql})`))
    .join(" with ");
}
