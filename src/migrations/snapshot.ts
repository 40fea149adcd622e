import type { AttributeType } from "../runtime/attribute-type.js";

/** What happens to the referencing rows when the referenced row goes. Knex's words, in lower case. */
export type OnDelete = "cascade" | "restrict" | "set null" | "no action";

/** A default that the database fills in by itself. */
export type ColumnDefault =
  | {
      readonly kind: "value";
      readonly value:
        string | number | boolean | null | readonly unknown[] | { readonly [key: string]: unknown };
    }
  | { readonly kind: "uuid" }
  | { readonly kind: "now" }
  | { readonly kind: "increment" };

export interface ColumnSnapshot {
  readonly name: string;
  readonly type: AttributeType;
  readonly nullable: boolean;
  readonly default?: ColumnDefault;
  readonly comment?: string;
}

export interface PrimaryKeySnapshot {
  readonly name: string;
  /** In the order of the key. */
  readonly columns: readonly string[];
}

export interface IndexSnapshot {
  readonly name: string;
  readonly columns: readonly string[];
  readonly unique: boolean;
}

export interface ForeignKeySnapshot {
  readonly name: string;
  readonly columns: readonly string[];
  readonly references: { readonly table: string; readonly columns: readonly string[] };
  readonly onDelete: OnDelete;
}

/**
 * One table as the migrations know it. Columns keep the order of declaration in memory, so that a new table reads as
 * its resource does; on disk everything that is a set is sorted by name (see `serializeTable`).
 */
export interface TableSnapshot {
  readonly name: string;
  readonly columns: readonly ColumnSnapshot[];
  readonly primaryKey?: PrimaryKeySnapshot;
  readonly indexes: readonly IndexSnapshot[];
  readonly foreignKeys: readonly ForeignKeySnapshot[];
}

/** Tables by name. */
export type Snapshot = ReadonlyMap<string, TableSnapshot>;
