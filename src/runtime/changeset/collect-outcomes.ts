import { InvalidError } from "../errors/errors.js";
import type { Issue } from "../errors/issue.js";
import type { Session } from "../session/session.js";
import { runAtomically } from "../session/transaction.js";
import type { Outcome } from "./write-new-rows.js";

export interface Collecting {
  readonly write: (batch: readonly number[]) => Promise<Outcome[]>;
  /** By the places of the inputs; filled in. */
  readonly outcomes: Outcome[];
}

/** Writes what can be written, each batch in a transaction of its own. */
export async function collectOutcomes(
  session: Session,
  batches: readonly (readonly number[])[],
  collecting: Collecting,
): Promise<void> {
  for (const batch of batches) await collectBatch(session, batch, collecting);
}

/** Of a batch that is refused, the rows that are known to be at fault are left out, else it is halved. */
async function collectBatch(
  session: Session,
  batch: readonly number[],
  collecting: Collecting,
): Promise<void> {
  if (batch.length === 0) return;
  const { write, outcomes } = collecting;
  try {
    const written = await runAtomically(session, () => write(batch));
    for (const [index, place] of batch.entries()) outcomes[place] = written[index] ?? { status: "skipped" };
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error;
    for (const rest of divide(batch, error.issues, outcomes)) await collectBatch(session, rest, collecting);
  }
}

/** What is still to be tried of a batch that was refused. */
function divide(
  batch: readonly number[],
  issues: readonly Issue[],
  outcomes: Outcome[],
): readonly (readonly number[])[] {
  const [only] = batch;
  if (only !== undefined && batch.length === 1) {
    outcomes[only] = { status: "failed", errors: issues };
    return [];
  }
  const failed = groupByPlace(issues);
  for (const [index, errors] of failed) {
    const place = batch[index];
    if (place !== undefined) outcomes[place] = { status: "failed", errors };
  }
  if (failed.size > 0) return [batch.filter((_, index) => !failed.has(index))];
  const middle = Math.ceil(batch.length / 2);
  return [batch.slice(0, middle), batch.slice(middle)];
}

function groupByPlace(issues: readonly Issue[]): ReadonlyMap<number, Issue[]> {
  const groups = new Map<number, Issue[]>();
  for (const issue of issues) {
    const [place, ...path] = issue.path;
    if (typeof place !== "number") continue;
    const group = groups.get(place) ?? [];
    groups.set(place, group);
    group.push({ ...issue, path });
  }
  return groups;
}
