import { usageError } from "../../support/problem.js";
import type { ActionDefinition } from "../actions/action-definition.js";
import { InvalidError } from "../errors/errors.js";
import type { Issue } from "../errors/issue.js";
import type { TableMap } from "../mapping/table-map.js";
import type { CreateManyResult } from "../repo-types.js";
import { isTransaction } from "../session/open-transactions.js";
import { currentKnex } from "../session/session.js";
import { runAtomically } from "../session/transaction.js";
import { collectOutcomes } from "./collect-outcomes.js";
import { isPlain, planDrafts, planRows, type CreatePlan } from "./create-plan.js";
import type { AnyRecord } from "./draft.js";
import { findAction } from "./find-action.js";
import type { WriteContext } from "./write-context.js";
import type { Outcome } from "./write-new-rows.js";

export interface CreateManyRequest {
  readonly inputs: readonly unknown[];
  readonly action?: string;
  readonly batchSize?: number;
  readonly onDuplicate?:
    "error" | "ignore" | { readonly identity: string; readonly fields?: readonly string[] };
  readonly onError?: "throw" | "collect";
}

const DEFAULT_BATCH = 10_000;

/**
 * Makes many records, a statement for each batch, and tells what happened to each input.
 *
 * @throws InvalidError with every issue, its path beginning with the place of the input, unless they are collected
 */
export async function createMany(
  context: WriteContext,
  table: TableMap,
  request: CreateManyRequest,
): Promise<CreateManyResult<AnyRecord>> {
  requireOptions(request);
  const action = findAction(table.definition, "create", request.action);
  const plan = buildPlan(table, action, request);
  const isCollected = request.onError === "collect";
  if (!isCollected) refuseAll(plan.issues);
  const places = [...plan.issues.keys()].filter((place) => plan.issues[place]?.length === 0);
  const batches = splitBatches(places, request.batchSize ?? DEFAULT_BATCH);
  const outcomes = plan.issues.map((errors): Outcome => ({ status: "failed", errors }));
  const write = (batch: readonly number[]): Promise<Outcome[]> => plan.write(context, batch);
  if (isCollected) await collectOutcomes(context.session, batches, { write, outcomes });
  else await writeBatches(context, batches, { write, outcomes });
  return { outcomes, records: outcomes.flatMap((outcome) => ("record" in outcome ? [outcome.record] : [])) };
}

function buildPlan(table: TableMap, action: ActionDefinition, request: CreateManyRequest): CreatePlan {
  // A hole in the list is undefined, which is an input without anything.
  const inputs = Array.from(request.inputs);
  const { onDuplicate = action.options.upsert ?? "error" } = request;
  return typeof onDuplicate === "string" && isPlain(action)
    ? planRows({ table, action, inputs, onDuplicate })
    : planDrafts({ table, action, inputs, onDuplicate });
}

/** One batch alone needs no transaction; inside one it gets a savepoint, so that a failure leaves that usable. */
async function writeBatches(
  context: WriteContext,
  batches: readonly (readonly number[])[],
  {
    write,
    outcomes,
  }: { readonly write: (batch: readonly number[]) => Promise<Outcome[]>; readonly outcomes: Outcome[] },
): Promise<void> {
  const writeAll = async (): Promise<void> => {
    for (const batch of batches) {
      const written = await placeIssues(batch, () => write(batch));
      for (const [index, place] of batch.entries()) outcomes[place] = written[index] ?? { status: "skipped" };
    }
  };
  const isAlone = batches.length === 1 && !isTransaction(currentKnex(context.session));
  await (isAlone ? writeAll() : runAtomically(context.session, writeAll));
}

/** Issues of a batch by the places of the inputs; those of one alone have none yet. */
async function placeIssues<Result>(batch: readonly number[], write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error;
    const issues = error.issues.map((issue) => placeIssue(batch, issue));
    throw new InvalidError(issues, { cause: error.cause });
  }
}

function placeIssue(batch: readonly number[], issue: Issue): Issue {
  const [first, ...rest] = issue.path;
  if (batch.length === 1) return { ...issue, path: [batch[0] ?? 0, ...issue.path] };
  return typeof first === "number" ? { ...issue, path: [batch[first] ?? first, ...rest] } : issue;
}

function refuseAll(issues: readonly (readonly Issue[])[]): void {
  const all = issues.flatMap((found, place) =>
    found.map((issue) => ({ ...issue, path: [place, ...issue.path] })),
  );
  if (all.length > 0) throw new InvalidError(all);
}

function splitBatches(places: readonly number[], size: number): readonly (readonly number[])[] {
  if (places.length <= size) return places.length === 0 ? [] : [places];
  const batches: number[][] = [];
  for (let start = 0; start < places.length; start += size) batches.push(places.slice(start, start + size));
  return batches;
}

/** What JavaScript would let through: a batch of nothing would never end. */
function requireOptions({
  inputs,
  batchSize = 1,
  onDuplicate = "error",
  onError = "throw",
}: CreateManyRequest): void {
  const wrong = [
    Array.isArray(inputs) ? undefined : "The inputs are a list.",
    Number.isSafeInteger(batchSize) && batchSize > 0 ? undefined : "batchSize is a whole number from 1 up.",
    typeof onDuplicate === "object" || ["error", "ignore"].includes(onDuplicate)
      ? undefined
      : 'onDuplicate is "error", "ignore" or { identity }.',
    ["throw", "collect"].includes(onError) ? undefined : 'onError is "throw" or "collect".',
  ].filter((message) => message !== undefined);
  if (wrong.length > 0)
    throw usageError(...wrong.map((message) => ({ code: "create_many.option.invalid", message })));
}
