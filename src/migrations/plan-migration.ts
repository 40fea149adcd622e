import { applyOperations } from "./apply.js";
import { diffSnapshots } from "./diff.js";
import type { Operation } from "./operation.js";
import { type RenameCandidate, findRenameCandidates } from "./rename-candidates.js";
import type { MigrationDatabase } from "./render/source.js";
import type { Renames } from "./renames.js";
import { type Review, reviewOperations } from "./review.js";
import type { Snapshot } from "./snapshot.js";

/** What was said, by flags or at a terminal, to the questions that a migration raises. */
export interface MigrationAnswers {
  readonly renames: Renames;
  /** What is gone and was not renamed, as `users` or `users.nickname`. */
  readonly dropped: readonly string[];
  /** What may be lost: tables, `users.nickname`, `users.users_email_index`, or `all`. */
  readonly allowed: readonly string[];
  /** SQL that fills the rows of a column that becomes required, by `table.column`. */
  readonly fills: ReadonlyMap<string, string>;
  /** SQL that makes a new value of an old one, by `table.column`. */
  readonly casts: ReadonlyMap<string, string>;
}

export const noAnswers: MigrationAnswers = {
  renames: { tables: [], columns: [] },
  dropped: [],
  allowed: [],
  fills: new Map(),
  casts: new Map(),
};

export interface MigrationRequest {
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly answers: MigrationAnswers;
  readonly database: MigrationDatabase;
}

/** A step that is not taken. */
export interface WithheldOperation {
  readonly operation: Operation;
  /** What to type after `--allow-drop`. */
  readonly what: string;
  /** What would be lost, or what else it waits for, in a sentence. */
  readonly reason: string;
  /** What to type to have it. */
  readonly hint: string;
}

export interface PlannedMigration {
  readonly operations: readonly Operation[];
  readonly withheld: readonly WithheldOperation[];
  /** What the database is after the operations. */
  readonly after: Snapshot;
  readonly questions: readonly RenameCandidate[];
  readonly reviews: readonly Review[];
}

/** The steps from one schema to another, as far as the answers allow them. */
export function planMigration({ before, after, answers }: MigrationRequest): PlannedMigration {
  const operations = diffSnapshots(before, after, answers.renames);
  return {
    operations,
    withheld: [],
    after: applyOperations(before, operations),
    questions: findRenameCandidates(before, after, answers.renames),
    reviews: reviewOperations(operations),
  };
}
