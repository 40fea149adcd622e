import { applyOperations } from "./apply.js";
import { diffInStages } from "./diff.js";
import { expandOperations, nameColumn } from "./expand-operations.js";
import { type Objection, judgeOperation } from "./judge-operation.js";
import { isKeyImpliedBy } from "./may-repeat.js";
import type { Operation } from "./operation.js";
import { orderOperations } from "./order.js";
import { type RenameCandidate, findRenameCandidates } from "./rename-candidates.js";
import type { MigrationDatabase } from "./render/source.js";
import type { Renames } from "./renames.js";
import { type Review, reviewOperations } from "./review.js";
import { reviewRewrites } from "./review-rewrites.js";
import { reviewStatements } from "./review-statements.js";
import { alignSnapshot } from "./align-snapshot.js";
import { tidyOperations } from "./tidy-operations.js";
import { settleOperations } from "./settle-operations.js";
import type { Snapshot } from "./snapshot.js";
import { type WithheldOperation, findWithheld } from "./withhold.js";

export type { WithheldOperation } from "./withhold.js";

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

export interface PlannedMigration {
  readonly operations: readonly Operation[];
  readonly withheld: readonly WithheldOperation[];
  /** What the database is after the operations. */
  readonly after: Snapshot;
  readonly questions: readonly RenameCandidate[];
  readonly reviews: readonly Review[];
}

/**
 * The steps from one schema to another, as far as the answers allow them. Steps that may lose something, or that rows
 * may stop, are withheld unless they are allowed, and so is what cannot be done without them.
 *
 * @returns `questions` are open whatever the steps are: with one of them, nothing should be written.
 * @throws AshlarError where operations require each other, which SQL in `fills` or `casts` can make them.
 * @example
 * planMigration({ before, after, answers: noAnswers, database: "postgres" }).withheld[0]?.hint;
 * // "To delete it: --allow-drop users.nickname. If it has another name now: --rename users.nickname:<new name>"
 */
export function planMigration(request: MigrationRequest): PlannedMigration {
  const { before, after, answers, database } = request;
  const { first, start, middle, last } = diffInStages(before, after, answers.renames);
  const expanded = orderOperations(expandOperations(middle, answers));
  const all = settleOperations(before, [...first, ...expanded, ...last]);
  const withheld = withholdOperations({ start, operations: all, answers });
  const refused = new Set(withheld.map(({ operation }) => operation));
  const taken = all.filter((operation) => !refused.has(operation));
  const operations = settleOperations(before, tidyOperations(before, taken));
  const settled = alignSnapshot(applyOperations(before, operations), after);
  return {
    operations,
    withheld,
    after: settled,
    questions: findRenameCandidates(before, after, answers.renames).flatMap((candidate) =>
      withoutAnswered(candidate, answers),
    ),
    reviews: [
      ...reviewOperations(operations),
      ...reviewStatements(operations, settled),
      ...(database === "postgres" ? reviewRewrites(operations) : []),
    ],
  };
}

interface WithholdingContext {
  readonly start: Snapshot;
  readonly operations: readonly Operation[];
  readonly answers: MigrationAnswers;
}

function withholdOperations(context: WithholdingContext): readonly WithheldOperation[] {
  const { operations, answers } = context;
  const objections = new Map(
    operations.flatMap((operation) => {
      const objection = judgeOperation(operation, context);
      return objection && !isAllowed(objection, answers) ? [[operation, objection] as const] : [];
    }),
  );
  for (const operation of objections.keys()) {
    const taken = operations.filter((other) => other !== operation && !objections.has(other));
    if (isKeyImpliedBy(operation, taken)) objections.delete(operation);
  }
  return findWithheld(operations, objections);
}

/** No flag makes a cast where there is none. */
function isAllowed({ what, needsCast }: Objection, { allowed }: MigrationAnswers): boolean {
  return needsCast !== true && (allowed.includes(what) || allowed.includes("all"));
}

/** What was said to be new, or gone for good, is no candidate any more. */
function withoutAnswered(
  candidate: RenameCandidate,
  { dropped, allowed }: MigrationAnswers,
): readonly RenameCandidate[] {
  const nameOf = (name: string) => (candidate.kind === "table" ? name : nameColumn(candidate.table, name));
  const isAnswered = (name: string) => dropped.includes(nameOf(name));
  if (isAnswered(candidate.from) || allowed.includes(nameOf(candidate.from))) return [];
  const to = candidate.to.filter((name) => !isAnswered(name));
  return to.length === 0 ? [] : [{ ...candidate, to }];
}
