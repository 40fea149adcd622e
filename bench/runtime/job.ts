import type { PostgresConnection } from "../../test/databases/postgres-server.js";
import type { ContenderName } from "./contenders.js";
import type { DataSize } from "./data-set.js";

export type Operation = "load" | "append" | "bulk" | "stream";

/** What a process is started with. */
export interface Assignment {
  readonly contender: ContenderName;
  readonly connection: PostgresConnection;
  readonly size: DataSize;
}

/** What a process is asked to do. */
export interface Job {
  readonly operation: Operation;
  /** The users of a load, the rows of a bulk and of a stream, the appends. */
  readonly count: number;
  /** How often a load is done; what writes or streams is done once. */
  readonly repetitions: number;
}

/** What came of it. */
export interface Sample {
  /** The median of one load, append, bulk or stream. */
  readonly milliseconds: number;
  /** What one of them sent, the statements of transactions included. */
  readonly statements: number;
  /** The most memory that the process has ever held. */
  readonly peakMegabytes: number;
}

export type Reply = { readonly sample: Sample } | { readonly problem: string };

/** The pairs that an append or a bulk writes are apart from those that are there, and from each other. */
export const pairOffsets = { append: 500, bulk: 600 } as const;
