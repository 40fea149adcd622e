import type { Problems } from "../request/problems.js";
import type { ResourceRequest } from "../resource-request.js";
import type { DraftReference } from "./draft-references.js";

/** Whether a resource joins others, and by which of its references. */
export interface Join {
  /** The references that join; none for an ordinary resource. */
  readonly keyed: readonly DraftReference[];
  /** The two ends of a many-to-many; none where three or more resources are joined. */
  readonly ends: readonly DraftReference[];
}

const noJoin: Join = { keyed: [], ends: [] };

/**
 * A resource joins when references form its whole primary key, or when `--join` says so. Two foreign keys beside a key
 * of its own are not enough: an order has a customer and a courier and joins neither.
 */
export function findJoin(
  references: readonly DraftReference[],
  primaryKey: readonly string[],
  request: ResourceRequest,
  problems: Problems,
): Join {
  if (request.join === false) return noJoin;
  const inKey = references.filter(({ attribute }) => primaryKey.includes(attribute));
  const formsKey = inKey.length >= 2 && inKey.length === primaryKey.length;
  if (formsKey) return { keyed: inKey, ends: inKey.length === 2 ? inKey : [] };
  if (request.join !== true) return noJoin;
  if (references.length === 2) return { keyed: references, ends: references };
  problems.add({
    code: "join.references",
    message: `--join needs exactly two references; ${request.name} has ${references.length}.`,
    hint: "Name them with --attributes user_id:uuid,task_id:uuid or with --relationships belongs_to:user:User.",
  });
  return noJoin;
}
