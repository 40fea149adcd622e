import type { ActionDefinition } from "../actions/action-definition.js";
import type { Hook, RecordHook } from "../actions/change.js";
import type { Issue } from "../errors/issue.js";
import type { ManagedCall } from "../manage/managed-call.js";
import type { ColumnMap, TableMap } from "../mapping/table-map.js";
import { addNumbers } from "../values/add-numbers.js";
import { isFilledByDatabase } from "../values/generate-value.js";
import { makeDefault } from "./make-default.js";

export type AnyRecord = Record<string, unknown>;

/** A changeset while it is being built and carried out; what users hold are copies that nobody changes. */
export interface Draft {
  readonly table: TableMap;
  readonly action: ActionDefinition;
  /** The record that is changed or destroyed. */
  readonly record: AnyRecord | undefined;
  /** New values by attribute: canonical ones, or null. */
  readonly values: Map<string, unknown>;
  /** What the database adds to what stands there. */
  readonly increments: Map<string, number | bigint>;
  /** Integers that must still be as they were read, and that an update adds one to. */
  readonly locks: Set<string>;
  /** The attributes and arguments that the input, a change or the caller gave, rather than a default. */
  readonly given: Set<string>;
  /** A row that has the same values of an identity is updated instead. */
  readonly isUpsert: boolean;
  readonly arguments: AnyRecord;
  readonly managed: ManagedCall[];
  readonly issues: Issue[];
  readonly before: Hook[];
  readonly after: RecordHook[];
  readonly afterCommit: RecordHook[];
}

export function copyDraft(draft: Draft): Draft {
  return {
    table: draft.table,
    action: draft.action,
    record: draft.record,
    values: new Map(draft.values),
    increments: new Map(draft.increments),
    locks: new Set(draft.locks),
    given: new Set(draft.given),
    isUpsert: draft.isUpsert,
    arguments: { ...draft.arguments },
    managed: [...draft.managed],
    issues: [...draft.issues],
    before: [...draft.before],
    after: [...draft.after],
    afterCommit: [...draft.afterCommit],
  };
}

/** The value that an attribute will have, as far as it is known. */
export function findValue({ values, increments, record }: Draft, name: string): unknown {
  if (values.has(name)) return values.get(name);
  const by = increments.get(name);
  return by === undefined ? record?.[name] : addNumbers(record?.[name], by);
}

/** Will the attribute be another than it is? */
export function isChanging({ table, values, increments, record }: Draft, name: string): boolean {
  if (increments.has(name)) return true;
  return values.has(name) && (record === undefined || !hasValue(table, record, name, values.get(name)));
}

/** Does the record have this value of the attribute already? Not known where the attribute was not read. */
export function hasValue(table: TableMap, record: AnyRecord, name: string, value: unknown): boolean {
  if (!Object.hasOwn(record, name)) return false;
  const current = record[name] ?? null;
  if (value === null || current === null) return value === current;
  const keyOf = table.byName.get(name)?.keyOf;
  return keyOf !== undefined && keyOf(current) === keyOf(value);
}

/** Gives each attribute without a value the one that its default makes; all moments are the same. */
export function fillDefaults({ table, values, issues }: Draft, now: Date): void {
  for (const { name, attribute } of table.columns) {
    if (attribute.default === undefined || values.has(name)) continue;
    const made = makeDefault(table, attribute, { now, issues });
    if (made !== undefined) values.set(name, made);
  }
}

/** Everything that is wrong; what is missing is told only of attributes that nothing else is wrong with. */
export function findDraftIssues(draft: Draft): Issue[] {
  return [...draft.issues, ...findMissing(draft)];
}

function findMissing(draft: Draft): Issue[] {
  if (draft.action.kind === "destroy") return [];
  const missing = draft.table.columns.filter(
    (column) => column.attribute.required && isMissing(draft, column),
  );
  if (missing.length === 0) return [];
  const told = new Set(draft.issues.map(({ path }) => path[0]));
  const coming = listComing(draft);
  return missing
    .filter(({ name }) => !told.has(name) && !coming.has(name))
    .map(({ name }) => describeMissing(draft.table, name));
}

function isMissing({ action, values, increments }: Draft, { name, attribute }: ColumnMap): boolean {
  if (increments.has(name)) return false;
  if (values.has(name)) return values.get(name) === null;
  return action.kind === "create" && !isFilledByDatabase(attribute);
}

/** The keys that a managed belongsTo brings when it is carried out. */
function listComing({ managed }: Draft): ReadonlySet<string> {
  return new Set(
    managed.flatMap(({ relationship, items }) =>
      relationship.kind === "belongsTo" && items.length > 0 ? [relationship.sourceAttribute] : [],
    ),
  );
}

export function describeMissing({ definition }: TableMap, name: string): Issue {
  return {
    code: "attribute.required",
    message: `${name} is required.`,
    hint: `Give ${name} of the ${definition.name} a value.`,
    path: [name],
  };
}
