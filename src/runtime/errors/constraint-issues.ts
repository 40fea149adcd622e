import { checkName } from "../../support/constraint-names.js";
import { checkOf } from "../constraints.js";
import type { AttributeDefinition, AttributeType } from "../attribute-type.js";
import type { ResourceDefinition } from "../resource-definition.js";
import type { DatabaseFailure, NullFailure, RuleFailure } from "./database-failure.js";
import { isTableOf } from "./is-table-of.js";
import type { Issue } from "./issue.js";
import { findByColumn, joinWords, nameResource } from "./record-words.js";
import { describeReferenceFailure } from "./reference-issues.js";
import { describeTaken } from "./taken-issues.js";
import { describeUnknownConstraint } from "./unknown-constraint.js";
import { describeValueFailure } from "./value-issues.js";

/** What the statement did, for words and paths. */
export interface FailedStatement {
  readonly resource: ResourceDefinition;
  readonly operation: "create" | "update" | "destroy" | "read";
}

/**
 * Issues on the attributes whose constraint failed, found by the names that the migrations give, else by the columns;
 * none where it was no constraint. SQLite does not say which foreign key failed: where it may be one of several, the
 * path is empty and `listReferences` says what to ask for.
 *
 * @example
 * describeConstraintFailure(classifyDatabaseError(error), { resource: UserTask.definition, operation: "create" });
 * // two issues attribute.taken, on ["userId"] and ["taskId"]: userId and taskId together are taken already.
 */
export function describeConstraintFailure(failure: DatabaseFailure, statement: FailedStatement): Issue[] {
  switch (failure.kind) {
    case "unique":
      return describeTaken(failure, statement.resource);
    case "foreignKey":
      return [describeReferenceFailure(failure, statement)];
    case "check":
      return [describeCheck(failure, statement.resource)];
    case "notNull":
      return [describeMissingValue(failure, statement.resource)];
    case "value":
      return [describeValueFailure(failure, statement.resource)];
    default:
      return [];
  }
}

function describeCheck(failure: RuleFailure, resource: ResourceDefinition): Issue {
  const attribute = resource.attributes.find(
    ({ column }) => checkName(resource.table, column) === failure.constraint,
  );
  if (attribute === undefined) return describeDeclaredCheck(failure, resource);
  const values = listValues(attribute.type);
  return {
    code: "attribute.invalid",
    path: [attribute.name],
    message:
      values.length === 0
        ? `${attribute.name} is not valid.`
        : `${attribute.name} ${attribute.type.kind === "array" ? "may hold only" : "must be"} ${joinWords(values, "or")}.`,
  };
}

function describeDeclaredCheck(failure: RuleFailure, resource: ResourceDefinition): Issue {
  const check = resource.checks?.find((each) => checkOf(resource, each) === failure.constraint);
  if (check === undefined) return describeUnknownConstraint(failure, resource);
  return {
    code: "check.failed",
    path: [],
    message: `The values do not meet the check "${check.name}" of ${nameResource(resource)}.`,
    hint: `It asks for: ${check.sql}`,
  };
}

function listValues(type: AttributeType): readonly string[] {
  if (type.kind === "array") return listValues(type.of);
  return type.kind === "enum" ? type.values.map((value) => `"${value}"`) : [];
}

function describeMissingValue(failure: NullFailure, resource: ResourceDefinition): Issue {
  const attribute = findFailed(failure, resource);
  if (attribute === undefined) return describeUnknownConstraint(failure, resource);
  return {
    code: "attribute.required",
    path: [attribute.name],
    message: `${attribute.name} is required.`,
    hint: "Give it a value.",
  };
}

function findFailed(failure: NullFailure, resource: ResourceDefinition): AttributeDefinition | undefined {
  const { table, column } = failure;
  if (column === undefined || (table !== undefined && !isTableOf(failure, resource))) return undefined;
  return findByColumn(resource, column);
}
