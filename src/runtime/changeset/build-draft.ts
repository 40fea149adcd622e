import type { ActionDefinition } from "../actions/action-definition.js";
import type { ActionContext, ChangeContext, IssueInput, Validation } from "../actions/change.js";
import type { Issue } from "../errors/issue.js";
import { parseManageInput } from "../manage/manage-item.js";
import type { ManageOptions } from "../manage/manage-options.js";
import { resolveRules } from "../manage/manage-rules.js";
import { columnOf, type TableMap } from "../mapping/table-map.js";
import { findRelationship } from "../query/query.js";
import { fillDefaults, findValue, isChanging, type AnyRecord, type Draft } from "./draft.js";
import { addNumbers } from "../values/add-numbers.js";
import { isMadeByDatabase } from "../values/generate-value.js";
import { fillArguments } from "./fill-arguments.js";
import { findNearestWord } from "../values/nearest-word.js";
import { castValue, readInput } from "./read-input.js";

/** What a changeset is made of. */
export interface DraftRequest {
  readonly table: TableMap;
  readonly action: ActionDefinition;
  readonly record?: AnyRecord | undefined;
  readonly input?: unknown;
  /** Values that are set whether or not the action accepts them. */
  readonly forced?: ReadonlyMap<string, unknown>;
  /** Is it to be an upsert, whatever the action says? */
  readonly isUpsert?: boolean;
}

/** A changeset of an action: its input read, its defaults filled in, its changes made, its validations asked. */
export function buildDraft({ table, action, record, input, forced, isUpsert }: DraftRequest): Draft {
  const read = readInput(table, action, input);
  const { before = [], after = [], afterCommit = [] } = action.options;
  const draft: Draft = {
    table,
    action,
    record,
    values: read.values,
    increments: new Map(),
    locks: new Set(),
    given: read.given,
    isUpsert: isUpsert ?? action.options.upsert !== undefined,
    arguments: read.arguments,
    managed: [],
    issues: read.issues,
    before: [...before],
    after: [...after],
    afterCommit: [...afterCommit],
  };
  if (forced !== undefined) forceValues(draft, forced);
  const now = new Date();
  fillArguments(draft, now);
  if (action.kind === "create") fillDefaults(draft, now);
  runAction(draft);
  return draft;
}

function forceValues({ values, given }: Draft, forced: ReadonlyMap<string, unknown>): void {
  for (const [name, value] of forced) {
    values.set(name, value);
    given.add(name);
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
  const findArgument = (name: string) => action.arguments.find((argument) => argument.name === name);
  return {
    resource: table.definition,
    action: { kind: action.kind, name: action.name },
    record,
    arguments: given,
    get: (attribute) => findValue(draft, attribute),
    find: (name) => (findArgument(name) === undefined ? findValue(draft, name) : (given[name] ?? null)),
    declarationOf: (name) => findArgument(name) ?? table.byName.get(name)?.attribute,
    isGiven: (name) => draft.given.has(name),
    isChanging: (attribute) => isChanging(draft, attribute),
  };
}

/** What a change or a hook may do to a draft. */
export function createChangeContext(draft: Draft): ChangeContext {
  return {
    ...createActionContext(draft),
    set: (attribute, value) => setValue(draft, attribute, value),
    increment: (attribute, by) => addIncrement(draft, attribute, by),
    lock: (attribute) => draft.locks.add(columnOf(draft.table, attribute).name),
    manageRelationship: (name, input, options) => manage(draft, { name, input, options }),
    addIssue: (issue) => draft.issues.push(toIssue(issue)),
    before: (hook) => draft.before.push(hook),
    after: (hook) => draft.after.push(hook),
    afterCommit: (hook) => draft.afterCommit.push(hook),
  };
}

/** What is set in the same changeset is added to there; the rest is left to the database. */
function addIncrement(draft: Draft, name: string, by: number | bigint): void {
  const { attribute } = columnOf(draft.table, name);
  if (draft.action.kind === "create" || draft.values.has(name) || isMadeByDatabase(attribute)) {
    setValue(draft, name, addNumbers(draft.values.get(name), by));
  } else {
    // A text comes of texts alone, and none is among the increments.
    draft.increments.set(name, addNumbers(draft.increments.get(name), by) as number | bigint);
  }
}

/** Sets an attribute, cast by its type; whether the action accepts it is not asked. */
export function setValue(draft: Draft, name: string, value: unknown): void {
  const column = draft.table.byName.get(name);
  if (column === undefined) {
    draft.issues.push(describeUnknown(draft.table, name));
    return;
  }
  if (isMadeByDatabase(column.attribute)) {
    draft.issues.push(describeMade(name));
    return;
  }
  const cast = castValue(column.attribute, value, draft.table, draft.issues);
  if (cast === undefined) return;
  draft.values.set(name, cast);
  draft.given.add(name);
  draft.increments.delete(name);
}

function describeUnknown({ definition, byName }: TableMap, name: string): Issue {
  const similar = findNearestWord(name, [...byName.keys()]);
  return {
    code: "attribute.unknown",
    message: `"${name}" is not an attribute of ${definition.name}.`,
    hint: similar === undefined ? `There are ${[...byName.keys()].join(", ")}.` : `Did you mean ${similar}?`,
    path: [name],
  };
}

function describeMade(name: string): Issue {
  return {
    code: "attribute.generated",
    message: `${name} cannot be set: the database makes it.`,
    hint: `Set what ${name} is made of, or leave it alone.`,
    path: [name],
  };
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
  const relationship = findRelationship(table, name, ["manageRelationship"]);
  const rules = resolveRules(options);
  draft.managed.push({
    relationship,
    rules,
    ...parseManageInput(table, relationship, { input, rules, issues }),
  });
}
