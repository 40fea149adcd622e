import type { Problems } from "./problems.js";
import { splitOutsideParentheses } from "./split-list.js";

/** One `name:first[:second]` of `--inverse`: the names that the other end of a relationship gets. */
export interface TypedInverse {
  /** The relationship of this resource. */
  readonly relationship: string;
  /** The name at the other end. */
  readonly name: string;
  /** For a join resource: the name of the list of join rows at the other end. */
  readonly joinName?: string;
}

/** An identity as typed: `name:a,b`. */
export interface TypedIdentity {
  readonly name: string;
  readonly attributes: readonly string[];
}

/** Reads `user:tasks` or `user:tasks:userTasks`. */
export function parseInverse(entry: string, problems: Problems): TypedInverse | undefined {
  const [relationship = "", name = "", joinName, ...more] = splitOutsideParentheses(entry, ":");
  if (relationship === "" || name === "" || joinName === "" || more.length > 0) {
    return problems.add({
      code: "inverse.malformed",
      message: `The inverse "${entry}" is not of the form relationship:name.`,
      hint: "Write it like --inverse user:tasks,task:users.",
    });
  }
  return { relationship, name, ...(joinName !== undefined && { joinName }) };
}

/** Reads `uniqueEmail:email` or `uniquePair:user_id,task_id`; commas belong to the attributes. */
export function parseIdentity(entry: string, problems: Problems): TypedIdentity | undefined {
  const [name = "", list = "", ...more] = splitOutsideParentheses(entry, ":");
  const attributes = list.split(",").map((attribute) => attribute.trim());
  if (name === "" || attributes.includes("") || more.length > 0) {
    return problems.add({
      code: "identity.malformed",
      message: `The identity "${entry}" is not of the form name:attribute[,attribute].`,
      hint: "Write it like --identity unique_email:email, once for each identity.",
    });
  }
  return { name, attributes };
}
