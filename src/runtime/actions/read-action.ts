import type { Action } from "./action.js";
import type { AttributeMap } from "../resource.js";

/** What a read action may do to the query that it begins with. Types of what is read stay as they are, so nothing loads or selects. */
export interface PreparedQuery {
  /** Adds conditions, as the filter of a query does. */
  filter(filter: Readonly<Record<string, unknown>>): PreparedQuery;
  /** Sorts by attributes; what the query itself says comes after. */
  sort(...by: readonly (string | Readonly<Record<string, unknown>>)[]): PreparedQuery;
  /** At most so many records. */
  limit(count: number): PreparedQuery;
  /** Leaves out the first records. */
  offset(count: number): PreparedQuery;
}

/** The arguments of a read action as its preparation gets them: null where one was not given. */
export type PreparedArguments<Arguments extends AttributeMap> = {
  readonly [Name in keyof Arguments]: Arguments[Name]["$type"]["record"];
};

/** What a read action is told. */
export interface ReadActionOptions<Arguments extends AttributeMap> {
  /** What the query may be given, declared as attributes are. */
  readonly arguments?: Arguments;
  /** Begins every query of this action; gives back the query that it was handed, narrowed. */
  readonly prepare?: (query: PreparedQuery, given: PreparedArguments<Arguments>) => PreparedQuery;
  /** The action that is meant where none is named: for `repo.query(User)`, `repo.get` and loads. */
  readonly primary?: boolean;
  readonly description?: string;
}

/**
 * A way to read records, used by `repo.query(User, "active", { since })`. The preparation of the primary one begins every
 * query and every load of the resource: what it leaves out is as good as gone.
 *
 * @example
 * actions: {
 *   read: read({ prepare: (query) => query.filter({ deletedAt: null }) }),
 *   active: read({
 *     arguments: { since: datetime().required() },
 *     prepare: (query, { since }) => query.filter({ seenAt: { gte: since } }).sort({ seenAt: "desc" }),
 *   }),
 * }
 */
export function read<const Arguments extends AttributeMap = Record<never, never>>(
  options: ReadActionOptions<Arguments> = {},
): Action<"read", never, Arguments> {
  // The arguments are known by the type of the action alone.
  return Object.freeze({ kind: "read", options: Object.freeze(options as Action["options"]) });
}
