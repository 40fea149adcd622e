import type { ResourceDefinition } from "../resource-definition.js";
import type { DatabaseFailure } from "./database-failure.js";
import type { Issue } from "./issue.js";

/** What the statement did, for words and paths. */
export interface FailedStatement {
  readonly resource: ResourceDefinition;
  readonly operation: "create" | "update" | "destroy" | "read";
}

/** Issues on the attributes whose constraint failed; none where no constraint did. */
export function describeConstraintFailure(_failure: DatabaseFailure, _statement: FailedStatement): Issue[] {
  return [];
}
