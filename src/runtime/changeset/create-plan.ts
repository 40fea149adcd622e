import type { ActionDefinition } from "../actions/action-definition.js";
import type { Issue } from "../errors/issue.js";
import type { TableMap } from "../mapping/table-map.js";
import type { Tuples } from "../mapping/tuples.js";
import { isTransaction } from "../session/open-transactions.js";
import { currentKnex, type Session } from "../session/session.js";
import { runAlone, runAtomically } from "../session/transaction.js";
import { explainUndone } from "../write/explain-refusal.js";
import { findRefused } from "../write/insert-rows.js";
import { buildDraft } from "./build-draft.js";
import { findDraftIssues } from "./draft.js";
import { writeDrafts } from "./execute-creates.js";
import { readRow } from "./read-row.js";
import { buildUpdate } from "./upsert.js";
import type { WriteContext } from "./write-context.js";
import { writeNewRows, type NewRows, type Outcome } from "./write-new-rows.js";

/** Inputs once they are read, and the way to write those at some places. */
export interface CreatePlan {
  /** Of each input, by place. */
  readonly issues: readonly (readonly Issue[])[];
  readonly write: (context: WriteContext, places: readonly number[]) => Promise<Outcome[]>;
}

export interface PlanRequest<OnDuplicate> {
  readonly table: TableMap;
  readonly action: ActionDefinition;
  readonly inputs: readonly unknown[];
  readonly onDuplicate: OnDuplicate;
}

/** Does the action do nothing but take values? */
export function isPlain({ options, arguments: given }: ActionDefinition): boolean {
  const steps = [options.changes, options.validations, options.before, options.after, options.afterCommit];
  return given.length === 0 && steps.every((each) => each === undefined || each.length === 0);
}

/** The short way for plain actions: a row is a list of values, without a changeset around each. */
export function planRows({
  table,
  action,
  inputs,
  onDuplicate: kind,
}: PlanRequest<"error" | "ignore">): CreatePlan {
  const now = new Date();
  const rows: (readonly unknown[])[] = [];
  const issues = inputs.map((input) => {
    const { row, issues: found } = readRow({ table, action, now }, input);
    rows.push(row);
    return found;
  });
  return {
    issues,
    write: ({ session }, places) => {
      const chosen: Tuples = places.length === rows.length ? rows : places.map((place) => rows[place] ?? []);
      return writePlain(session, { table, rows: chosen, onDuplicate: { kind } });
    },
  };
}

/** Inside a transaction in a savepoint, so that a failure leaves that usable and the database can be asked about it. */
async function writePlain(session: Session, given: NewRows): Promise<Outcome[]> {
  const write = (): Promise<Outcome[]> => writeNewRows(session, given);
  if (!isTransaction(currentKnex(session))) return runAlone(session, write);
  try {
    return await runAtomically(session, write);
  } catch (error) {
    throw await explainUndone(session, findRefused(given, [...given.rows.keys()]), error);
  }
}

/** By a changeset for each input. */
export function planDrafts({
  table,
  action,
  inputs,
  onDuplicate,
}: PlanRequest<
  "error" | "ignore" | { readonly identity: string; readonly fields?: readonly string[] }
>): CreatePlan {
  const isUpsert = typeof onDuplicate === "object";
  const drafts = inputs.map((input) => buildDraft({ table, action, input, isUpsert }));
  return {
    issues: drafts.map(findDraftIssues),
    write: (context, places) => {
      const chosen = places.flatMap((place) => drafts[place] ?? []);
      return writeDrafts(context, chosen, (written) =>
        isUpsert
          ? buildUpdate(table, { ...onDuplicate, drafts: written, isTold: true })
          : { kind: onDuplicate },
      );
    },
  };
}
