import { manageAfter, manageBefore } from "../manage/manage-relationships.js";
import type { TableMap } from "../mapping/table-map.js";
import { runAtomically } from "../session/transaction.js";
import { explainUndone } from "../write/explain-refusal.js";
import { findRefused, toTuple } from "../write/insert-rows.js";
import { buildDraft } from "./build-draft.js";
import type { AnyRecord, Draft } from "./draft.js";
import { findAction } from "./find-action.js";
import { copyInvolved, isInvolved, requireValid, runAfter, runBefore } from "./hooks.js";
import { buildUpdate } from "./upsert.js";
import type { WriteContext } from "./write-context.js";
import { writeNewRows, type OnDuplicate, type Outcome } from "./write-new-rows.js";

/**
 * Makes the records of drafts, all or nothing: one statement for those that give the same attributes, however many. An
 * action that upserts does so.
 *
 * @throws InvalidError with every issue
 */
export async function executeCreates(context: WriteContext, drafts: readonly Draft[]): Promise<AnyRecord[]> {
  const outcomes = await writeDrafts(context, drafts, (written) => findDuplicates(written));
  return outcomes.map((outcome) => ("record" in outcome ? outcome.record : {}));
}

function findDuplicates(drafts: readonly Draft[]): OnDuplicate {
  const [first] = drafts;
  const upsert = first?.action.options.upsert;
  if (first === undefined || upsert === undefined) return { kind: "error" };
  return buildUpdate(first.table, { ...upsert, drafts, isTold: false });
}

/** By which identity an existing row is found, and what of it is updated. */
export interface UpsertChoice {
  readonly identity: string;
  readonly fields?: readonly string[];
}

/** Makes a record by the primary create, or updates the one that has the same values of the identity. */
export async function upsert(
  context: WriteContext,
  table: TableMap,
  input: unknown,
  choice: UpsertChoice,
): Promise<AnyRecord> {
  const action = findAction(table.definition, "create", undefined);
  const drafts = [buildDraft({ table, action, input, isUpsert: true })];
  const [outcome] = await writeDrafts(context, drafts, (written) =>
    buildUpdate(table, { ...choice, drafts: written, isTold: false }),
  );
  return outcome !== undefined && "record" in outcome ? outcome.record : {};
}

/** What duplicates are to drafts that are being written: their hooks may have changed them. */
export type FindDuplicates = (drafts: readonly Draft[]) => OnDuplicate;

/** Carries drafts out and tells what became of each; hooks and managed relationships see those that were written. */
export async function writeDrafts(
  context: WriteContext,
  drafts: readonly Draft[],
  findDuplicates: FindDuplicates,
): Promise<Outcome[]> {
  const [first] = drafts;
  if (first === undefined) return [];
  requireValid(drafts);
  const { table } = first;
  const write = isInvolved(drafts)
    ? () => runAtomically(context.session, () => writeAll(context, copyInvolved(drafts), findDuplicates))
    : () => writeRows(context, drafts, findDuplicates);
  try {
    return await write();
  } catch (error) {
    if (!isInvolved(drafts)) throw error;
    const rows = drafts.map(({ values }) => toTuple(table, values));
    const refused = findRefused({ table, rows }, [...drafts.keys()]);
    throw await explainUndone(context.session, refused, error);
  }
}

async function writeAll(
  context: WriteContext,
  drafts: readonly Draft[],
  findDuplicates: FindDuplicates,
): Promise<Outcome[]> {
  await runBefore(context, drafts);
  const finish = await manageBefore(context, drafts);
  requireValid(drafts);
  const outcomes = await writeRows(context, drafts, findDuplicates);
  const written = [...drafts.keys()].filter((place) => isWritten(outcomes[place]));
  const kept = written.flatMap((place) => drafts[place] ?? []);
  const records = outcomes.map((outcome): AnyRecord => ("record" in outcome ? outcome.record : {}));
  const keptRecords = written.map((place) => records[place] ?? {});
  await manageAfter(context, kept, keptRecords);
  await finish(records);
  await runAfter(context, kept, keptRecords);
  return outcomes;
}

function isWritten(outcome: Outcome | undefined): boolean {
  return outcome !== undefined && "record" in outcome;
}

function writeRows(
  { session }: WriteContext,
  drafts: readonly Draft[],
  findDuplicates: FindDuplicates,
): Promise<Outcome[]> {
  const [first] = drafts;
  if (first === undefined) return Promise.resolve([]);
  const { table } = first;
  const rows = drafts.map(({ values }) => toTuple(table, values));
  return writeNewRows(session, { table, rows, onDuplicate: findDuplicates(drafts) });
}
