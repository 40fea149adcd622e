import type { AttributeType } from "../runtime/attribute-type.js";

/** What happens to the referencing rows when the referenced row goes or its key changes. Knex's words, in lower case. */
export type ReferentialAction = "cascade" | "restrict" | "set null" | "no action";

/** When a foreign key is checked that may wait for the end of the transaction. */
export type Deferrable = "initially immediate" | "initially deferred";

/** A default that the database fills in by itself. */
export type ColumnDefault =
  | {
      readonly kind: "value";
      readonly value:
        string | number | boolean | null | readonly unknown[] | { readonly [key: string]: unknown };
    }
  | { readonly kind: "uuid" }
  | { readonly kind: "now" }
  /** A sequence of the column's own, as `serial` makes it. */
  | { readonly kind: "increment" }
  /** SQL's own numbering; with `always` nobody may give a value. */
  | { readonly kind: "identity"; readonly always: boolean }
  | { readonly kind: "sql"; readonly sql: string };

export interface ColumnSnapshot {
  readonly name: string;
  readonly type: AttributeType;
  readonly nullable: boolean;
  readonly default?: ColumnDefault;
  /** The expression in SQL that the database works the column out by. */
  readonly generatedAs?: string;
  /** Is it worked out whenever it is read, rather than stored? */
  readonly virtual?: true;
  readonly comment?: string;
}

export interface PrimaryKeySnapshot {
  readonly name: string;
  /** In the order of the key. */
  readonly columns: readonly string[];
}

/** A column by its name, or whatever else SQL allows in an index: an expression, an order, an operator class. */
export type IndexColumn = string | { readonly sql: string };

export interface IndexSnapshot {
  readonly name: string;
  /** In the order of the index. */
  readonly columns: readonly IndexColumn[];
  readonly unique: boolean;
  /** Only the rows that meet this condition in SQL are in the index. */
  readonly where?: string;
  /** The access method where it is not `btree`. */
  readonly method?: string;
  /** Columns that it holds without being ordered by them. */
  readonly include?: readonly string[];
  /** Set where two rows without a value count as equal. */
  readonly nullsNotDistinct?: true;
  /** Set where it is a constraint of the table, as databases made elsewhere have it. */
  readonly constraint?: true;
}

export interface ForeignKeySnapshot {
  readonly name: string;
  readonly columns: readonly string[];
  readonly references: {
    /** The table's key in the snapshot (`buildTableKey`). */
    readonly table: string;
    readonly columns: readonly string[];
  };
  readonly onDelete: ReferentialAction;
  /** The columns that `set null` is for when the referenced row goes, where it is not all of them. */
  readonly setNull?: readonly string[];
  /** `no action` where it is left out. */
  readonly onUpdate?: Exclude<ReferentialAction, "no action">;
  readonly deferrable?: Deferrable;
}

export interface CheckSnapshot {
  readonly name: string;
  /** The condition in SQL, without the parentheses around it. */
  readonly sql: string;
}

/** SQL of the project's own that comes with the table, and the way back. */
export interface StatementSnapshot {
  readonly name: string;
  readonly up: string;
  readonly down: string;
}

/**
 * One table as the migrations know it. Columns keep the order of declaration in memory, so that a new table reads as
 * its resource does; on disk everything that is a set is sorted by name (see `serializeTable`).
 */
export interface TableSnapshot {
  /** The schema it is in where that is not the connection's own. */
  readonly schema?: string;
  readonly name: string;
  readonly comment?: string;
  readonly columns: readonly ColumnSnapshot[];
  readonly primaryKey?: PrimaryKeySnapshot;
  readonly indexes: readonly IndexSnapshot[];
  readonly foreignKeys: readonly ForeignKeySnapshot[];
  /** Sorted by name; absent where there are none, as are `statements`. */
  readonly checks?: readonly CheckSnapshot[];
  /** In the order of declaration. */
  readonly statements?: readonly StatementSnapshot[];
}

/** Tables by their key (`buildTableKey`): the name, after the schema where it is in another. */
export type Snapshot = ReadonlyMap<string, TableSnapshot>;
