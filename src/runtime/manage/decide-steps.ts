/**
 * What is to be done, decided before anything is written: every input is matched with what is related now; what is not
 * is looked up, all of it in one statement; what is not found is made, left out or refused; and what is related without
 * being among the inputs is missing.
 */
import { describeLeftOut, describeNotFound, describeRelated, describeUnrelated } from "./item-issues.js";
import { findItemKey, keyOfRecord, listItemKeys, type ItemKey } from "./item-key.js";
import { keyTextOf } from "../write/key-text.js";
import { lookUp } from "./look-up.js";
import type { ManageItem } from "./manage-item.js";
import type { ManageRules } from "./manage-rules.js";
import {
  createSteps,
  type AnyRecord,
  type ManageEntry,
  type ManageTask,
  type Step,
  type Steps,
} from "./manage-task.js";

/** An input that is not related yet. */
interface Unmatched {
  readonly entry: ManageEntry;
  readonly item: ManageItem;
  readonly key: ItemKey | undefined;
}

export async function decideSteps(
  task: ManageTask,
  current: ReadonlyMap<ManageEntry, readonly AnyRecord[]>,
): Promise<Steps> {
  const steps = createSteps();
  const unmatched = task.entries.flatMap((entry) => matchEntry(task, steps, entry, current.get(entry) ?? []));
  await decideUnmatched(task, steps, unmatched);
  return steps;
}

function matchEntry(
  task: ManageTask,
  steps: Steps,
  entry: ManageEntry,
  related: readonly AnyRecord[],
): Unmatched[] {
  const keys = listItemKeys(task.destination, task.rules);
  const byKey = indexByKeys(task, keys, related);
  const seen = new Set<string>();
  const matched = new Set<AnyRecord>();
  const unmatched: Unmatched[] = [];
  for (const item of entry.items) {
    const key = findItemKey(task.destination, keys, item);
    const target = key && byKey.get(key.text);
    const isRepeated =
      key !== undefined && (seen.has(key.text) || (target !== undefined && matched.has(target)));
    if (key !== undefined) seen.add(key.text);
    if (isRepeated) {
      if (task.rules.onDuplicate === "error")
        task.issues.push(describeRelated(task.destination.definition, item));
    } else if (target === undefined) unmatched.push({ entry, item, key });
    else if (task.rules.onMatch !== "missing") {
      matched.add(target);
      if (task.rules.onMatch === "no_match") unmatched.push({ entry, item, key });
      else decideMatch(task, steps, { entry, item, target });
    }
  }
  for (const target of related) if (!matched.has(target)) decideMissing(task, steps, { entry, target });
  return unmatched;
}

function indexByKeys(
  { destination }: ManageTask,
  keys: readonly (readonly string[])[],
  related: readonly AnyRecord[],
): ReadonlyMap<string, AnyRecord> {
  return new Map(
    related.flatMap((record) =>
      keys.map((attributes) => [keyOfRecord(destination, attributes, record).text, record] as const),
    ),
  );
}

/** What becomes of an input that is related already. */
function decideMatch({ rules, destination, issues }: ManageTask, steps: Steps, step: Required<Step>): void {
  const { onMatch } = rules;
  const isRefused = onMatch === "error" || (onMatch === "ignore" && rules.onDuplicate === "error");
  if (isRefused) issues.push(describeRelated(destination.definition, step.item));
  else if (onMatch === "unrelate") steps.unrelate.push(step);
  else if (onMatch === "destroy") steps.destroy.push(step);
  else steps.keep.push(step);
  if (onMatch === "update") steps.update.push(step);
  if (onMatch === "update" || onMatch === "update_join") steps.updateJoin.push(step);
  if (onMatch === "ignore" && rules.onMissing !== "ignore") keepOrder(rules, steps, step);
}

/** Where the inputs are the whole list, their order is that of what stays too; nothing else of it changes. */
function keepOrder({ orderIsKey }: ManageRules, steps: Steps, step: Required<Step>): void {
  if (orderIsKey === undefined) return;
  const { input, joinInput } = step.item;
  const place = { [orderIsKey]: joinInput[orderIsKey] ?? input[orderIsKey] };
  const isOnJoin = Object.hasOwn(joinInput, orderIsKey);
  const item = { ...step.item, input: isOnJoin ? {} : place, joinInput: isOnJoin ? place : {} };
  if (isOnJoin) steps.updateJoin.push({ ...step, item });
  else steps.update.push({ ...step, item });
}

function decideMissing({ rules, destination, issues }: ManageTask, steps: Steps, step: Step): void {
  if (rules.onMissing === "ignore") steps.keep.push(step);
  else if (rules.onMissing === "unrelate") steps.unrelate.push(step);
  else if (rules.onMissing === "destroy") steps.destroy.push(step);
  else issues.push(describeLeftOut(destination.definition, step.entry.path));
}

async function decideUnmatched(
  task: ManageTask,
  steps: Steps,
  unmatched: readonly Unmatched[],
): Promise<void> {
  const { rules } = task;
  const isLookedUp = rules.onLookup !== "ignore";
  const sought = isLookedUp
    ? unmatched.filter(({ item, key }) => item.record === undefined && key !== undefined)
    : [];
  const found = await lookUp(
    task,
    sought.flatMap(({ key }) => (key === undefined ? [] : [key])),
  );
  const related = new Map(task.entries.map((entry) => [entry, new Set<string>()]));
  for (const each of unmatched) {
    const target = isLookedUp ? (each.item.record ?? (each.key && found.get(each.key.text))) : undefined;
    if (target === undefined) decideNoMatch(task, steps, each);
    else decideFound(task, steps, { ...each, target }, related.get(each.entry));
  }
}

/** Two inputs may name one record by different keys. */
function decideFound(
  task: ManageTask,
  steps: Steps,
  { entry, item, target }: Unmatched & { readonly target: AnyRecord },
  related: Set<string> | undefined,
): void {
  const identity = keyTextOf(task.destination, target);
  if (related?.has(identity) === true) {
    if (task.rules.onDuplicate === "error")
      task.issues.push(describeRelated(task.destination.definition, item));
    return;
  }
  related?.add(identity);
  steps.relate.push({ entry, item, target });
  if (task.rules.onLookup === "relate_and_update") steps.update.push({ entry, item, target });
}

function decideNoMatch(task: ManageTask, steps: Steps, { entry, item, key }: Unmatched): void {
  const { rules, issues, destination } = task;
  if (rules.onNoMatch === "ignore") return;
  if (rules.onNoMatch === "create" && item.record === undefined) steps.create.push({ entry, item });
  else if (rules.onLookup === "ignore") issues.push(describeUnrelated(destination.definition, item, key));
  else issues.push(describeNotFound(destination.definition, item, key));
}
