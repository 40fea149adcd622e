import type { ManageOptions } from "../manage/manage-options.js";
import type { Change, Mentions } from "./change.js";

/**
 * Sets an attribute, whatever the input gives and whether or not the action accepts it. A function is called each time.
 *
 * @example
 * changes: [setAttribute("state", "closed"), setAttribute("closedAt", () => new Date())]
 */
export function setAttribute(name: string, value: unknown): Change {
  return mention({ attributes: [name] }, (context) => context.set(name, makeValue(value)));
}

/**
 * Sets an attribute where neither the input nor a change before gives it; a null in the input stays, a default does not.
 *
 * @example
 * changes: [setNewAttribute("slug", () => randomUUID())]
 */
export function setNewAttribute(name: string, value: unknown): Change {
  return mention({ attributes: [name] }, (context) => {
    if (!context.isGiven(name)) context.set(name, makeValue(value));
  });
}

/**
 * Adds to an attribute in the database, so that two at once both count; null counts as 0.
 *
 * @example
 * actions: { view: update({ accept: [], changes: [increment("views")] }) }
 */
export function increment(name: string, { by = 1 }: { readonly by?: number | bigint } = {}): Change {
  return mention({ attributes: [name] }, (context) => context.increment(name, by));
}

/**
 * Manages a relationship by what an argument gives; without a name, the relationship of the argument's own. Nothing
 * happens where the argument is not given.
 *
 * @example
 * assign: update({
 *   arguments: { taskIds: uuid().array() },
 *   changes: [manageRelationship("taskIds", "tasks", { type: "append_and_remove" })],
 * })
 */
export function manageRelationship(argument: string, options: ManageOptions): Change;
export function manageRelationship(argument: string, relationship: string, options: ManageOptions): Change;
export function manageRelationship(
  argument: string,
  ...given: readonly [ManageOptions] | readonly [string, ManageOptions]
): Change {
  const [relationship, options] = given.length === 1 ? [argument, given[0]] : given;
  return mention({ arguments: [argument], relationships: [relationship] }, (context) => {
    if (!Object.hasOwn(context.arguments, argument)) return;
    context.manageRelationship(relationship, context.arguments[argument], options);
  });
}

/**
 * Lets an update or a destroy count only if the record is as it was read: the attribute, an integer, has to be the same,
 * and every update adds one to it. Otherwise StaleRecordError is thrown. A create begins with 1.
 *
 * @example
 * attributes: { version: integer().required().default(1).readOnly() },
 * actions: { update: update({ changes: [optimisticLock("version")] }) }
 */
export function optimisticLock(attribute: string): Change {
  return mention({ attributes: [attribute] }, (context) => {
    if (context.action.kind !== "create") context.lock(attribute);
    else if ((context.get(attribute) ?? null) === null) context.set(attribute, 1);
  });
}

function makeValue(value: unknown): unknown {
  return typeof value === "function" ? value() : value;
}

function mention(mentions: Mentions, change: Change): Change {
  return Object.assign(change, { mentions });
}
