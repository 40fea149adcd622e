import type { Snapshot, TableSnapshot } from "../../migrations/snapshot.js";

/** What a database holds, as the host reads it. */
export interface ExistingSchema {
  /** The tables that migrations can manage. */
  readonly snapshot: Snapshot;
  /** SQL for what the tables need and no migration makes, such as extensions; in working order. */
  readonly prerequisites: readonly string[];
  /** Views and tables that migrations cannot manage. */
  readonly unmanaged: readonly UnmanagedTable[];
  /** What belongs to a managed table and stands in no snapshot. */
  readonly parts: readonly UnmanagedPart[];
  /** What stands beside the tables and none of them needs, such as a function that applications call. */
  readonly loose: readonly LoosePart[];
  /** Other things worth knowing, each a sentence. */
  readonly notices: readonly string[];
}

export interface UnmanagedTable {
  /** As in the snapshot (`buildTableKey`). */
  readonly key: string;
  /** Such as `view` or `partitioned table`. */
  readonly kind: string;
  /** Why migrations leave it alone, as what follows the name in a sentence, such as `has no columns`. */
  readonly why: string;
  readonly table: TableSnapshot;
}

export interface LoosePart {
  /** Such as `function`. */
  readonly kind: string;
  readonly name: string;
}

export interface UnmanagedPart {
  /** The key of the table. */
  readonly table: string;
  /** Such as `trigger`. */
  readonly kind: string;
  readonly name: string;
  /** The statement that makes it. */
  readonly sql: string;
  /** The one that takes it away, where a resource can have both under `statements`. */
  readonly down?: string;
  /** A sentence that says what it is and why migrations leave it alone. */
  readonly why: string;
}
