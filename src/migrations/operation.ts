import type { ColumnSnapshot, ForeignKeySnapshot, IndexSnapshot, TableSnapshot } from "./snapshot.js";

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
  | { readonly kind: "addIndex"; readonly table: string; readonly index: IndexSnapshot }
  | { readonly kind: "dropIndex"; readonly table: string; readonly index: IndexSnapshot }
  | { readonly kind: "addForeignKey"; readonly table: string; readonly foreignKey: ForeignKeySnapshot }
  | { readonly kind: "dropForeignKey"; readonly table: string; readonly foreignKey: ForeignKeySnapshot };

export type OperationKind = Operation["kind"];
