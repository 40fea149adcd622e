import type { Operation } from "../../migrations/operation.js";
import type { Snapshot } from "../../migrations/snapshot.js";
import type { ScratchKind, ScratchOptions } from "../scratch/scratch-database.js";

/** A migration by its text, as it is to be written. */
export interface MigrationText {
  /** The name of its file, such as `20261122190000_create_users.ts`. */
  readonly name: string;
  readonly text: string;
}

export interface ProofRequest extends ScratchOptions {
  readonly before: Snapshot;
  readonly after: Snapshot;
  /** In the order in which they run. */
  readonly files: readonly MigrationText[];
  /** What the files do: it tells which tables and columns go under another name, and which are dropped on purpose. */
  readonly operations: readonly Operation[];
  /** The folder of the migrations, relative to the root, from which the files import; by default `migrations`. */
  readonly folder?: string;
}

export interface ProofStep {
  /** A phrase, such as `up`. */
  readonly what: string;
  readonly milliseconds: number;
}

/** What a proof has seen. */
export interface Proof {
  readonly kind: ScratchKind;
  readonly steps: readonly ProofStep[];
  /** What each direction sent to the database, as it could be typed, without the transactions around whole migrations. */
  readonly statements: { readonly up: readonly string[]; readonly down: readonly string[] };
  /** How many rows were in the tables before, and came through. */
  readonly rows: number;
  /** Where the proof could look less closely, each a sentence. */
  readonly notices: readonly string[];
}
