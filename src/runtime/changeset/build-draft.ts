import type { ActionDefinition } from "../actions/action-definition.js";
import type { ActionContext, ChangeContext, IssueInput, Validation } from "../actions/change.js";
import type { Issue } from "../errors/issue.js";
import { parseManageInput } from "../manage/manage-item.js";
import type { ManageOptions } from "../manage/manage-options.js";
import { resolveRules } from "../manage/manage-rules.js";
import { columnOf, type TableMap } from "../mapping/table-map.js";
import { findRelationship } from "../query/query.js";
import { describeMissing, fillDefaults, findValue, type AnyRecord, type Draft } from "./draft.js";
import { generateValue } from "../values/generate-value.js";
import { castValue, readInput } from "./read-input.js";

/** What a changeset is made of. */
export interface DraftRequest {
  readonly table: TableMap;
  readonly action: ActionDefinition;
  readonly record?: AnyRecord | undefined;
  readonly input?: unknown;
  /** Values that are set whether or not the action accepts them. */
  readonly forced?: ReadonlyMap<string, unknown>;
}

/** A changeset of an action: its input read, its defaults filled in, its changes made, its validations asked. */
export function buildDraft({ table, action, record, input, forced }: DraftRequest): Draft {
  const read = readInput(table, action, input);
  const { before = [], after = [], afterCommit = [] } = action.options;
  const draft: Draft = {
    table,
    action,
    record,
    values: read.values,
    increments: new Map(),
    arguments: read.arguments,
    managed: [],
    issues: read.issues,
    before: [...before],
    after: [...after],
    afterCommit: [...afterCommit],
  };
  if (forced !== undefined) for (const [name, value] of forced) draft.values.set(name, value);
  const now = new Date();
  fillArguments(draft, now);
  if (action.kind === "create") fillDefaults(table.columns, draft.values, now);
  runAction(draft);
  return draft;
}

function fillArguments({ action, arguments: given, issues, table }: Draft, now: Date): void {
  for (const { name, required, default: fallback } of action.arguments) {
    if (!Object.hasOwn(given, name)) {
      const made = generateValue(fallback, now);
      if (made !== undefined) given[name] = made.value;
    }
    const isTold = issues.some(({ path }) => path[0] === name);
    if (required && !isTold && (given[name] ?? null) === null) issues.push(describeMissing(table, name));
  }
}

function runAction(draft: Draft): void {
  const { changes = [], validations = [] } = draft.action.options;
  for (const change of changes) change(createChangeContext(draft));
  for (const validation of validations) addIssues(draft, validation);
}

function addIssues(draft: Draft, validation: Validation): void {
  const found = validation(createActionContext(draft)) ?? [];
  draft.issues.push(...(Array.isArray(found) ? found : [found]).map(toIssue));
}

export function toIssue({ attribute, path, ...problem }: IssueInput): Issue {
  return { ...problem, path: path ?? (attribute === undefined ? [] : [attribute]) };
}

function createActionContext(draft: Draft): ActionContext {
  const { table, action, record, arguments: given } = draft;
  return {
    resource: table.definition,
    action: { kind: action.kind, name: action.name },
    record,
    arguments: given,
    get: (attribute) => findValue(draft, attribute),
    isChanging: (attribute) => draft.values.has(attribute) || draft.increments.has(attribute),
  };
}

/** What a change or a hook may do to a draft. */
export function createChangeContext(draft: Draft): ChangeContext {
  return {
    ...createActionContext(draft),
    set: (attribute, value) => setValue(draft, attribute, value),
    increment: (attribute, by) => {
      columnOf(draft.table, attribute);
      draft.increments.set(attribute, by);
    },
    manageRelationship: (name, input, options) => manage(draft, { name, input, options }),
    addIssue: (issue) => draft.issues.push(toIssue(issue)),
    before: (hook) => draft.before.push(hook),
    after: (hook) => draft.after.push(hook),
    afterCommit: (hook) => draft.afterCommit.push(hook),
  };
}

/** Sets an attribute, cast by its type; whether the action accepts it is not asked. */
export function setValue(draft: Draft, name: string, value: unknown): void {
  const cast = castValue(columnOf(draft.table, name).attribute, value, draft.table, draft.issues);
  if (cast !== undefined) draft.values.set(name, cast);
}

/** Adds a relationship to be managed; what is wrong with its input becomes issues of the draft. */
export function manage(
  draft: Draft,
  {
    name,
    input,
    options,
  }: { readonly name: string; readonly input: unknown; readonly options: ManageOptions },
): void {
  const { table, issues } = draft;
  const relationship = findRelationship(table, name);
  const rules = resolveRules(options);
  draft.managed.push({
    relationship,
    rules,
    ...parseManageInput(table, relationship, { input, rules, issues }),
  });
}
