import type { Snapshot, TableSnapshot } from "../../migrations/snapshot.js";

/** What a database holds, as migrations know it, and what of it they cannot manage. */
export interface LiveSchema {
  /** The tables that migrations can manage, in the order of their keys. */
  readonly snapshot: Snapshot;
  /** SQL for what the tables need and a migration does not make: extensions, domains, functions. In working order. */
  readonly prerequisites: readonly string[];
  /** Views and tables that migrations cannot manage; their columns can still be read. */
  readonly unmanaged: readonly UnmanagedTable[];
  /** What belongs to a managed table and stands in no snapshot. */
  readonly parts: readonly UnmanagedPart[];
  /** What stands beside the tables and none of them needs, such as a function that applications call. */
  readonly loose: readonly LoosePart[];
  /** Other things worth knowing, each a sentence. */
  readonly notices: readonly string[];
}

export type UnmanagedKind =
  | "table"
  | "view"
  | "materialized view"
  | "partitioned table"
  | "partition"
  | "foreign table"
  | "inheriting table"
  | "virtual table";

/** A table, or what is read like one, that migrations leave alone. */
export interface UnmanagedTable {
  /** The table's key (`buildTableKey`). */
  readonly key: string;
  readonly kind: UnmanagedKind;
  /** Why, as what follows the name in a sentence, such as `has no columns`. */
  readonly why: string;
  /** As far as it can be told: a view has columns only, and all of them may be null. */
  readonly table: TableSnapshot;
}

export type UnmanagedPartKind =
  "trigger" | "view" | "exclusion constraint" | "foreign key" | "row security" | "rule" | "index" | "check";

/** A part of a managed table that migrations leave alone. */
export interface UnmanagedPart {
  /** The key of the table. */
  readonly table: string;
  readonly kind: UnmanagedPartKind;
  readonly name: string;
  /** The statement that makes it, without a semicolon. */
  readonly sql: string;
  /** The one that takes it away, where a resource can have both under `statements`. */
  readonly down?: string;
  /** A sentence that says why. */
  readonly why: string;
}

/** Something of a database that belongs to no table. */
export interface LoosePart {
  /** Such as `function`. */
  readonly kind: string;
  readonly name: string;
}

export interface ReadSchemaOptions {
  /** Knex's table of migrations that have run; by default as the connection's configuration names it. */
  readonly migrationsTable?: string;
  /** Only these schemas of PostgreSQL; by default every one but the system's. */
  readonly schemas?: readonly string[];
  /** Are `prerequisites` and `loose` left out, which take longer to find than all else? */
  readonly tablesOnly?: boolean;
}
