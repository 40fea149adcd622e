import { InvalidError } from "../errors/errors.js";
import type { Issue } from "../errors/issue.js";
import { createRecord, type TableMap } from "../mapping/table-map.js";
import type { CreateManyResult, CreateOutcome } from "../repo-types.js";
import { runAtomically, runTransaction } from "../session/transaction.js";
import { insertRows, type RowValues } from "../write/insert-rows.js";
import { keyTextOf } from "../write/key-text.js";
import { buildDraft } from "./build-draft.js";
import { findDraftIssues, type AnyRecord, type Draft } from "./draft.js";
import { findAction } from "./find-action.js";
import type { UpsertRequest } from "./upsert.js";
import { upsertRows } from "./upsert.js";
import type { WriteContext } from "./write-context.js";

export interface CreateManyRequest {
  readonly inputs: readonly unknown[];
  readonly action?: string;
  readonly batchSize?: number;
  readonly onDuplicate?: "error" | "ignore" | Pick<UpsertRequest, "identity" | "fields">;
  readonly onError?: "throw" | "collect";
}

type Outcome = CreateOutcome<AnyRecord>;

const DEFAULT_BATCH = 10_000;

/** Makes many records, a statement for each batch, and tells what happened to each input. */
export async function createMany(
  context: WriteContext,
  table: TableMap,
  request: CreateManyRequest,
): Promise<CreateManyResult<AnyRecord>> {
  const action = findAction(table.definition, "create", request.action);
  const drafts = request.inputs.map((input) => buildDraft({ table, action, input }));
  const issues = drafts.map(findDraftIssues);
  if (request.onError !== "collect") refuseAll(issues);
  const places = [...drafts.keys()].filter((place) => issues[place]?.length === 0);
  const outcomes = issues.map((found): Outcome => ({ status: "failed", errors: found }));
  const write = (batch: readonly number[]): Promise<void> =>
    writeBatch(context, { request, drafts, batch, outcomes });
  const batches = splitBatches(places, request.batchSize ?? DEFAULT_BATCH);
  if (request.onError === "collect")
    for (const batch of batches) await collect(context, batch, { write, outcomes });
  else if (batches.length === 1 && isPlain(drafts)) await write(places);
  else
    await runAtomically(context.session, async () => {
      for (const batch of batches) await write(batch);
    });
  return { outcomes, records: outcomes.flatMap((outcome) => ("record" in outcome ? [outcome.record] : [])) };
}

function refuseAll(issues: readonly (readonly Issue[])[]): void {
  const all = issues.flatMap((found, place) =>
    found.map((issue) => ({ ...issue, path: [place, ...issue.path] })),
  );
  if (all.length > 0) throw new InvalidError(all);
}

function splitBatches(places: readonly number[], size: number): readonly number[][] {
  const batches: number[][] = [];
  for (let start = 0; start < places.length; start += size) batches.push(places.slice(start, start + size));
  return batches;
}

function isPlain(drafts: readonly Draft[]): boolean {
  return drafts.every(
    ({ before, after, afterCommit, managed }) =>
      before.length + after.length + afterCommit.length + managed.length === 0,
  );
}

interface Batch {
  readonly request: CreateManyRequest;
  readonly drafts: readonly Draft[];
  readonly batch: readonly number[];
  readonly outcomes: Outcome[];
}

async function writeBatch(context: WriteContext, { request, drafts, batch, outcomes }: Batch): Promise<void> {
  const chosen = batch.map((place) => drafts[place]).filter((draft) => draft !== undefined);
  const [first] = chosen;
  if (first === undefined) return;
  const written = await writeDrafts(context, first.table, chosen, request);
  for (const [index, place] of batch.entries()) outcomes[place] = written[index] ?? { status: "skipped" };
}

async function writeDrafts(
  context: WriteContext,
  table: TableMap,
  drafts: readonly Draft[],
  { onDuplicate = "error" }: CreateManyRequest,
): Promise<Outcome[]> {
  const rows = drafts.map(({ values }) => values);
  if (typeof onDuplicate === "object") {
    return upsertRows(context, table, { drafts, ...onDuplicate });
  }
  if (onDuplicate === "ignore") return insertMissing(context, table, rows);
  const records = await context.writer.create(context, drafts);
  return records.map((record) => ({ status: "created", record }));
}

/** What is there already is left out; the keys of the others come back. */
async function insertMissing(
  { session }: WriteContext,
  table: TableMap,
  rows: readonly RowValues[],
): Promise<Outcome[]> {
  const outcomes: Outcome[] = rows.map(() => ({ status: "skipped" }));
  const inserted = await insertRows(session, {
    table,
    rows,
    onConflict: { kind: "ignore" },
    returning: findReturned(table, rows),
  });
  for (const { places, rows: returned } of inserted) {
    const made = new Map(
      returned.map((row) => [keyTextOf(table, createRecord(table, table.primaryKey, row)), row]),
    );
    for (const [index, place] of places.entries()) {
      const values = rows[place] ?? new Map<string, unknown>();
      const isCounted = table.primaryKey.some(({ name }) => !values.has(name));
      const key = isCounted ? undefined : keyTextOf(table, Object.fromEntries(values));
      const row = key === undefined ? returned[index] : made.get(key);
      if (row === undefined || (key !== undefined && !made.delete(key))) continue;
      const record = Object.assign(
        table.makeRecord(),
        Object.fromEntries(values),
        isCounted ? createRecord(table, table.columns, row) : {},
      );
      outcomes[place] = { status: "created", record };
    }
  }
  return outcomes;
}

/** Only the keys, where the rest is what was given. */
function findReturned(table: TableMap, rows: readonly RowValues[]) {
  const isComplete = rows.every((values) => table.columns.every(({ name }) => values.has(name)));
  return isComplete ? table.primaryKey : table.columns;
}

/** A batch that the database refuses is written row by row, to tell the ones that cannot be. */
async function collect(
  { session }: WriteContext,
  batch: readonly number[],
  {
    write,
    outcomes,
  }: { readonly write: (batch: readonly number[]) => Promise<void>; readonly outcomes: Outcome[] },
): Promise<void> {
  try {
    await runTransaction(session, () => write(batch));
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error;
    const [place, ...more] = batch;
    if (place !== undefined && more.length === 0)
      outcomes[place] = { status: "failed", errors: error.issues };
    else for (const each of batch) await collect({ session } as WriteContext, [each], { write, outcomes });
  }
}
