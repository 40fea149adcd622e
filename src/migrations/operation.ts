import type {
  ColumnSnapshot,
  ForeignKeySnapshot,
  IndexSnapshot,
  PrimaryKeySnapshot,
  TableSnapshot,
} from "./snapshot.js";

/** One schema step. Every operation has an inverse of the same union (see `invert`). */
export type Operation =
  | { readonly kind: "createTable"; readonly table: TableSnapshot }
  | { readonly kind: "dropTable"; readonly table: TableSnapshot }
  | { readonly kind: "addColumn"; readonly table: string; readonly column: ColumnSnapshot }
  | { readonly kind: "dropColumn"; readonly table: string; readonly column: ColumnSnapshot }
  | {
      readonly kind: "alterColumn";
      readonly table: string;
      readonly before: ColumnSnapshot;
      readonly after: ColumnSnapshot;
    }
  | { readonly kind: "addPrimaryKey"; readonly table: string; readonly primaryKey: PrimaryKeySnapshot }
  | { readonly kind: "dropPrimaryKey"; readonly table: string; readonly primaryKey: PrimaryKeySnapshot }
  | { readonly kind: "addIndex"; readonly table: string; readonly index: IndexSnapshot }
  | { readonly kind: "dropIndex"; readonly table: string; readonly index: IndexSnapshot }
  | { readonly kind: "addForeignKey"; readonly table: string; readonly foreignKey: ForeignKeySnapshot }
  | { readonly kind: "dropForeignKey"; readonly table: string; readonly foreignKey: ForeignKeySnapshot };

export type OperationKind = Operation["kind"];

/** The operation of one kind. */
export type OperationOf<Kind extends OperationKind> = Extract<Operation, { readonly kind: Kind }>;

/** What to do for each kind; a new kind does not build until every visitor handles it. */
export type OperationVisitor<Result> = {
  readonly [Kind in OperationKind]: (operation: OperationOf<Kind>) => Result;
};

/**
 * What the visitor gives for the operation's kind.
 *
 * @example
 * visitOperation({ kind: "createTable", table }, visitor); // visitor.createTable(...)
 */
export function visitOperation<Result>(operation: Operation, visitor: OperationVisitor<Result>): Result {
  // The compiler does not see that the kind picks the member which takes this very operation.
  const visit = visitor[operation.kind] as (operation: Operation) => Result;
  return visit(operation);
}
