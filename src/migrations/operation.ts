import type {
  CheckSnapshot,
  ColumnSnapshot,
  ForeignKeySnapshot,
  IndexSnapshot,
  PrimaryKeySnapshot,
  StatementSnapshot,
  TableSnapshot,
} from "./snapshot.js";

/** A type of PostgreSQL that holds a list of words; `name` is as in `AttributeType.native`. */
export interface EnumSnapshot {
  readonly name: string;
  readonly values: readonly string[];
}

/** A column that holds values of an enum type, named by its table's key. */
export interface EnumUse {
  readonly table: string;
  readonly column: ColumnSnapshot;
}

/**
 * One schema step. `table` is the table's key at that moment (`buildTableKey`). Every operation has an inverse of the
 * same union (see `invert`).
 */
export type Operation =
  | { readonly kind: "createSchema"; readonly schema: string }
  | { readonly kind: "dropSchema"; readonly schema: string }
  | { readonly kind: "createEnum"; readonly type: EnumSnapshot }
  | { readonly kind: "dropEnum"; readonly type: EnumSnapshot }
  /** Words added at their places; the other words stay in their order. */
  | { readonly kind: "addEnumValues"; readonly before: EnumSnapshot; readonly after: EnumSnapshot }
  /** Another type under the same name: the columns that use it are moved over by their texts. */
  | {
      readonly kind: "replaceEnum";
      readonly before: EnumSnapshot;
      readonly after: EnumSnapshot;
      /** Every column of the type, as it is at that moment. */
      readonly uses: readonly EnumUse[];
      /** SQL that makes a new word of an old value, by `table.column`. */
      readonly using?: Readonly<Record<string, string>>;
    }
  | { readonly kind: "createTable"; readonly table: TableSnapshot }
  | { readonly kind: "dropTable"; readonly table: TableSnapshot }
  /** Both are keys; the schema may change too. */
  | { readonly kind: "renameTable"; readonly from: string; readonly to: string }
  | {
      readonly kind: "commentTable";
      readonly table: string;
      readonly before: string | undefined;
      readonly after: string | undefined;
    }
  | { readonly kind: "addColumn"; readonly table: string; readonly column: ColumnSnapshot }
  | { readonly kind: "dropColumn"; readonly table: string; readonly column: ColumnSnapshot }
  | { readonly kind: "renameColumn"; readonly table: string; readonly from: string; readonly to: string }
  | {
      readonly kind: "alterColumn";
      readonly table: string;
      readonly before: ColumnSnapshot;
      readonly after: ColumnSnapshot;
      /** SQL that makes a new value of an old one, where no cast does. */
      readonly using?: string;
    }
  /** Fills in the rows whose column is null. Taking it back changes nothing. */
  | { readonly kind: "fillColumn"; readonly table: string; readonly column: string; readonly sql: string }
  | { readonly kind: "addPrimaryKey"; readonly table: string; readonly primaryKey: PrimaryKeySnapshot }
  | { readonly kind: "dropPrimaryKey"; readonly table: string; readonly primaryKey: PrimaryKeySnapshot }
  | { readonly kind: "addIndex"; readonly table: string; readonly index: IndexSnapshot }
  | { readonly kind: "dropIndex"; readonly table: string; readonly index: IndexSnapshot }
  | { readonly kind: "addForeignKey"; readonly table: string; readonly foreignKey: ForeignKeySnapshot }
  | { readonly kind: "dropForeignKey"; readonly table: string; readonly foreignKey: ForeignKeySnapshot }
  | { readonly kind: "addCheck"; readonly table: string; readonly check: CheckSnapshot }
  | { readonly kind: "dropCheck"; readonly table: string; readonly check: CheckSnapshot }
  /** A primary key, index, foreign key or check under another name, as it is after the change but for the name. */
  | { readonly kind: "renameConstraint"; readonly table: string; readonly renamed: RenamedConstraint }
  | { readonly kind: "addStatement"; readonly table: string; readonly statement: StatementSnapshot }
  | { readonly kind: "dropStatement"; readonly table: string; readonly statement: StatementSnapshot };

export interface RenamedConstraint {
  readonly kind: "primaryKey" | "index" | "foreignKey" | "check" | "sequence";
  readonly from: string;
  readonly to: string;
}

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
