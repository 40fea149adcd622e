import type { Deferrable, OnDeleteRule, OnUpdateRule } from "./resource-definition.js";

/** An identity in its long form: more than which attributes are unique together. */
export interface IdentityDeclaration<Name extends string = string> {
  /** The attributes, in order. */
  readonly attributes: readonly [Name, ...Name[]];
  /** Only the rows that meet this condition are unique together: SQL, which names columns. */
  readonly where?: string;
  /** False where two rows without a value count as equal; databases take them for distinct. PostgreSQL 15 and later. */
  readonly nullsDistinct?: boolean;
  /** The index's name where it is not `<table>_<identity>_index`. */
  readonly indexName?: string;
  /** A constraint of the table rather than a plain unique index. */
  readonly constraint?: boolean;
}

/** An attribute of an index, or whatever else SQL allows there, which names columns. */
export type IndexKey<Name extends string = string> = Name | { readonly sql: string };

/** An index that nothing else declares. */
export interface IndexDeclaration<Name extends string = string> {
  /** What is indexed, in order. */
  readonly on: readonly [IndexKey<Name>, ...IndexKey<Name>[]];
  readonly unique?: boolean;
  /** The access method where it is not `btree`, such as `gin`. PostgreSQL alone. */
  readonly method?: string;
  /** Only the rows that meet this condition are indexed: SQL, which names columns. */
  readonly where?: string;
  /** Attributes that the index holds without being ordered by them. PostgreSQL alone. */
  readonly include?: readonly Name[];
  /** False where two rows without a value count as equal. PostgreSQL 15 and later. */
  readonly nullsDistinct?: boolean;
  /** The index's name where it is not `<table>_<index>_index`. */
  readonly indexName?: string;
}

/** A condition that every row meets, in SQL, which names columns. */
export type CheckDeclaration =
  | string
  | {
      readonly sql: string;
      /** The constraint's name where it is not `<table>_<check>_check`. */
      readonly constraintName?: string;
    };

/** A foreign key that no `belongsTo` can say: over several columns, or to a table without a resource. */
export interface ForeignKeyDeclaration<Name extends string = string> {
  /** The attributes here, in the order of the columns there. */
  readonly attributes: readonly [Name, ...Name[]];
  readonly references: {
    /** The schema where it is not the connection's own. */
    readonly schema?: string;
    readonly table: string;
    readonly columns: readonly [string, ...string[]];
  };
  /**
   * What happens to this row when the other goes; `"noAction"` where it is not given: the other stays. With
   * `{ nilify: ["taskId"] }` only those of its attributes become null, which SQLite cannot.
   */
  readonly onDelete?: OnDeleteRule | { readonly nilify: readonly [Name, ...Name[]] };
  /** What happens to this row when the other's key changes; `"noAction"` where it is not given: the key stays. */
  readonly onUpdate?: OnUpdateRule;
  /** Checked at the end of a transaction: always, or when that asks for it. */
  readonly deferrable?: Deferrable;
  /** The constraint's name where it is not `<table>_<columns>_fkey`. */
  readonly constraintName?: string;
  /** False where no index over the columns is wanted. */
  readonly index?: boolean;
}

/** SQL of the project's own that comes with the table, and what takes it back. */
export interface StatementDeclaration {
  readonly up: string;
  readonly down: string;
}

/** Things of one sort by name. */
export interface Named<Declaration> {
  readonly [name: string]: Declaration;
}

/** What `resource` may be told of its table beyond attributes and identities. */
export interface TableOptions<Name extends string = string> {
  /** The schema of the database where it is not the connection's own. PostgreSQL alone. */
  readonly schema?: string;
  /** What the table was called before; `schema.table` where it has moved. */
  readonly renamedFrom?: string;
  /** False where migrations leave the table alone: a view, or a table that somebody else migrates. */
  readonly managed?: boolean;
  /** The primary key's name where it is not `<table>_pkey`. */
  readonly primaryKeyName?: string;
  /** False where the table itself has no primary key: its attributes tell rows apart, and no migration makes one. */
  readonly primaryKeyConstraint?: boolean;
  readonly indexes?: Named<IndexDeclaration<Name>>;
  readonly checks?: Named<CheckDeclaration>;
  readonly foreignKeys?: Named<ForeignKeyDeclaration<Name>>;
  readonly statements?: Named<StatementDeclaration>;
}
