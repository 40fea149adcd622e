import type { ResourceDefinition } from "../resource-definition.js";
import type { NullFailure, RuleFailure, ValueFailure } from "./database-failure.js";
import type { Issue } from "./issue.js";

/** The issue for a rule of the database that no attribute or relationship declares. */
export function describeUnknownConstraint(
  failure: RuleFailure | NullFailure | ValueFailure,
  resource?: ResourceDefinition,
): Issue {
  return {
    code: "constraint.failed",
    path: [],
    message: describeRule(failure, resource),
    hint: "Look it up in the database: no attribute, identity or relationship declares it.",
  };
}

function describeRule(
  failure: RuleFailure | NullFailure | ValueFailure,
  resource: ResourceDefinition | undefined,
): string {
  if (failure.kind === "value") return "A value does not fit the type of its column.";
  const table = failure.table ?? resource?.table;
  const place = table === undefined ? "" : ` of the table "${table}"`;
  if (failure.kind === "notNull") return `${nameRule("A column", failure.column)}${place} must not be null.`;
  return `${nameRule(ruleWords[failure.kind], failure.constraint ?? failure.columns?.join(", "))}${place} does not hold.`;
}

function nameRule(words: string, name: string | undefined): string {
  return name === undefined ? words : `${words.replace(/^A /, "The ")} "${name}"`;
}

const ruleWords: Record<RuleFailure["kind"], string> = {
  unique: "A unique key",
  foreignKey: "A foreign key",
  check: "A constraint",
};
