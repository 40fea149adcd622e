import { usageError } from "../../support/problem.js";
import { InvalidError } from "../errors/errors.js";
import { createRecord, columnOf, type TableMap } from "../mapping/table-map.js";
import { renderTupleMatch } from "../mapping/tuples.js";
import { writeSql } from "../mapping/fragment.js";
import type { CreateOutcome } from "../repo-types.js";
import { sendRows } from "../session/session.js";
import { runAtomically } from "../session/transaction.js";
import { insertRows } from "../write/insert-rows.js";
import { keyOfRecord } from "../manage/item-key.js";
import { buildDraft } from "./build-draft.js";
import type { AnyRecord, Draft } from "./draft.js";
import { findAction } from "./find-action.js";
import { requireValid } from "./hooks.js";
import { readInput } from "./read-input.js";
import type { WriteContext } from "./write-context.js";

export interface UpsertRequest {
  readonly input: unknown;
  /** The name of an identity, or `"primaryKey"`. */
  readonly identity: string;
  /** The attributes that an existing row takes over; those that the input gives where it is not said. */
  readonly fields?: readonly string[];
}

/** Makes a record, or updates the one that has the same values of the identity. */
export async function upsert(
  context: WriteContext,
  table: TableMap,
  request: UpsertRequest,
): Promise<AnyRecord> {
  const action = findAction(table.definition, "create", undefined);
  const draft = buildDraft({ table, action, input: request.input });
  const given = [...readInput(table, action, request.input).values.keys()];
  const { identity, fields = given } = request;
  const [outcome] = await upsertRows(context, table, { drafts: [draft], identity, fields });
  if (outcome === undefined || !("record" in outcome)) throw new Error("An upsert gives its record.");
  return outcome.record;
}

interface Upserts {
  readonly drafts: readonly Draft[];
  readonly identity: string;
  readonly fields?: readonly string[] | undefined;
}

/** The same for many, a statement for those that give the same attributes. */
export async function upsertRows(
  context: WriteContext,
  table: TableMap,
  { drafts, identity, fields }: Upserts,
): Promise<CreateOutcome<AnyRecord>[]> {
  requireValid(drafts);
  const target = findTarget(table, identity);
  refuseRepeated(table, target, drafts);
  const touched = new Set([...(fields ?? listFields(table, drafts)), ...listTouched(table)]);
  const updated = [...touched].filter((name) => !target.includes(name));
  const write = () => writeUpserts(context, table, { drafts, target, fields: updated });
  return table.database === "sqlite" || drafts.length > 1 ? runAtomically(context.session, write) : write();
}

interface Write {
  readonly drafts: readonly Draft[];
  readonly target: readonly string[];
  readonly fields: readonly string[];
}

async function writeUpserts(
  { session }: WriteContext,
  table: TableMap,
  { drafts, target, fields }: Write,
): Promise<CreateOutcome<AnyRecord>[]> {
  const known =
    table.database === "sqlite"
      ? await findKnown({ session } as WriteContext, table, { drafts, target, fields })
      : undefined;
  const rows = drafts.map(({ values }) => values);
  const outcomes = new Map<string, CreateOutcome<AnyRecord>>();
  const onConflict = { kind: "update", target, fields } as const;
  for (const inserted of await insertRows(session, { table, rows, onConflict })) {
    for (const row of inserted.rows) {
      const record = createRecord(table, table.columns, row);
      const key = keyOfRecord(table, target, record).text;
      const isNew = known === undefined ? row["$created"] === true : !known.has(key);
      outcomes.set(key, { status: isNew ? "created" : "updated", record });
    }
  }
  return drafts.map(({ values }) => {
    const outcome = outcomes.get(keyOfRecord(table, target, Object.fromEntries(values)).text);
    return outcome ?? { status: "skipped" };
  });
}

/** SQLite does not say which rows were there; its transaction has the database for itself, so it can be asked before. */
async function findKnown(
  { session }: WriteContext,
  table: TableMap,
  { drafts, target }: Write,
): Promise<ReadonlySet<string>> {
  const columns = target.map((name) => columnOf(table, name));
  const rows = drafts.map(({ values }) => target.map((name) => values.get(name) ?? null));
  const list = target.map((name) => `${columnOf(table, name).column} as "${name}"`).join(", ");
  const found = await sendRows(
    session,
    writeSql`select ${list} from ${table.table} where ${renderTupleMatch(table, columns, { rows })}`,
  );
  return new Set(found.map((row) => keyOfRecord(table, target, createRecord(table, columns, row)).text));
}

function findTarget({ definition }: TableMap, identity: string): readonly string[] {
  if (identity === "primaryKey") return definition.primaryKey;
  const found = definition.identities.find(({ name }) => name === identity);
  if (found !== undefined) return found.attributes;
  throw usageError({
    code: "identity.unknown",
    message: `${definition.name} has no identity "${identity}".`,
    hint: `There are ${["primaryKey", ...definition.identities.map(({ name }) => name)].join(", ")}.`,
  });
}

/** What made the row stays: its key and what has a default of its own. */
function listFields(table: TableMap, drafts: readonly Draft[]): string[] {
  const given = new Set(drafts.flatMap(({ values }) => [...values.keys()]));
  return table.columns
    .filter(({ attribute }) => !attribute.primaryKey && attribute.default === undefined)
    .map(({ name }) => name)
    .filter((name) => given.has(name));
}

function listTouched(table: TableMap): string[] {
  return table.columns.filter(({ attribute }) => attribute.updatedAutomatically).map(({ name }) => name);
}

function refuseRepeated(table: TableMap, target: readonly string[], drafts: readonly Draft[]): void {
  const seen = new Set<string>();
  for (const [place, { values }] of drafts.entries()) {
    const key = keyOfRecord(table, target, Object.fromEntries(values)).text;
    if (seen.has(key)) {
      throw new InvalidError([
        {
          code: "input.repeated",
          message: `Two inputs have the same ${target.join(" and ")}.`,
          hint: "Give each record once: an upsert cannot tell which of them is to stand.",
          path: [place, ...target.slice(0, 1)],
        },
      ]);
    }
    seen.add(key);
  }
}
