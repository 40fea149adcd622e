import { columnNameOf } from "../constraints.js";
import type { ResourceDefinition } from "../resource-definition.js";
import type { FailedStatement } from "./constraint-issues.js";
import type { RuleFailure } from "./database-failure.js";
import { isTableOf } from "./is-table-of.js";
import type { Issue } from "./issue.js";
import { joinWords, nameResource } from "./record-words.js";
import { findForeignKeyName, listReferences, listReferrers, type Reference } from "./references.js";
import { describeUnknownConstraint } from "./unknown-constraint.js";

/** What a failed foreign key says of the statement: that it refers to nothing, or that others refer to its record. */
export function describeReferenceFailure(failure: RuleFailure, statement: FailedStatement): Issue {
  const { resource, operation } = statement;
  const isOfOthers = failure.table !== undefined && !isTableOf(failure, resource);
  const refersToNothing = operation === "update" && listReferences(resource).length === 0;
  return operation === "destroy" || isOfOthers || refersToNothing
    ? describeHeld(failure, resource)
    : describeMissing(failure, resource);
}

function describeMissing(failure: RuleFailure, resource: ResourceDefinition): Issue {
  const possible = findMissing(failure, resource);
  if (possible.length === 0) return describeUnknownConstraint(failure, resource);
  const words = possible.map(
    ({ attribute, destination }) => `no ${nameResource(destination)} with this ${attribute}`,
  );
  const names = joinWords(unique(possible.map(({ destination }) => nameResource(destination))), "or");
  return {
    code: "reference.missing",
    path: possible.length === 1 ? possible.map(({ attribute }) => attribute) : [],
    message: `There is ${joinWords(words, "or")}.`,
    hint: `Create the ${names} first, or refer to one that exists.`,
  };
}

/** The reference that failed; all of them where the database gave neither name nor column. */
function findMissing(failure: RuleFailure, resource: ResourceDefinition): readonly Reference[] {
  const references = listReferences(resource);
  if (failure.constraint === undefined && failure.columns === undefined) return references;
  const byName = references.filter(({ constraint }) => constraint === failure.constraint);
  if (byName.length > 0) return byName;
  const [column, ...more] = failure.columns ?? [];
  return more.length > 0
    ? []
    : references.filter(({ attribute }) => columnNameOf(resource, attribute) === column);
}

function describeHeld(failure: RuleFailure, resource: ResourceDefinition): Issue {
  const name = nameResource(resource);
  const held = { code: "reference.held", hint: describeWayOut(name) };
  if (failure.table === undefined) return { ...held, path: [], message: describePossibleHolders(resource) };
  const holder = findHolder(failure, resource);
  const holders =
    holder === undefined ? `Rows of "${failure.table}"` : `${nameResource(holder.resource)} records`;
  return {
    ...held,
    path: holder?.relationship === undefined ? [] : [holder.relationship],
    message: `${holders} still refer to this ${name}.`,
  };
}

function describeWayOut(name: string): string {
  return `Destroy or change those first, or let the database do it: belongsTo(() => ${name}, { onDelete: "cascade" }) and a migration.`;
}

function describePossibleHolders(resource: ResourceDefinition): string {
  const names = unique(listReferrers(resource).map((referrer) => nameResource(referrer.resource)));
  const holders =
    names.length === 0 ? "Other records" : `Other records, perhaps of ${joinWords(names, "or")},`;
  return `${holders} still refer to this ${nameResource(resource)}.`;
}

/** The referring resource may be known by its table where no relationship goes over the very key that failed. */
function findHolder(
  failure: RuleFailure,
  resource: ResourceDefinition,
): { readonly resource: ResourceDefinition; readonly relationship?: string } | undefined {
  const there = listReferrers(resource).filter((referrer) => isTableOf(failure, referrer.resource));
  const exact = there.find(
    (referrer) => findForeignKeyName(referrer.resource, referrer.attribute) === failure.constraint,
  );
  if (exact !== undefined) return exact;
  const [known] = there;
  if (known !== undefined) return { resource: known.resource };
  return isTableOf(failure, resource) ? { resource } : undefined;
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
