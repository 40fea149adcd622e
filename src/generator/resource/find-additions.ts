import type { Notice } from "../plan.js";
import type { Problems } from "../request/problems.js";
import type { ConflictPolicy } from "../request/typed-request.js";
import type { ResourceSource } from "../source/resource-source.js";
import type { AttributeSpec, ResourceSpec } from "../spec.js";
import type { DraftReference } from "./draft-references.js";
import { findDifferences, refuseDifference, tellDifference } from "./find-differences.js";

/** What of a spec a resource that exists does not have yet, and what it has otherwise. */
export interface Additions {
  readonly attributes: readonly AttributeSpec[];
  /** Attributes that take the place of the resource's own, with `--conflicts replace`. */
  readonly replaced: readonly AttributeSpec[];
  readonly timestamps: boolean;
  readonly relationships: ResourceSpec["relationships"];
  readonly identities: ResourceSpec["identities"];
  readonly references: readonly DraftReference[];
  readonly notices: readonly Notice[];
}

/** Compares a spec with the resource as it is written; with `--conflicts error` differences become problems. */
export function findAdditions(
  spec: ResourceSpec,
  references: readonly DraftReference[],
  source: ResourceSource,
  policy: ConflictPolicy,
  problems: Problems,
): Additions {
  const differences = findDifferences(spec, source);
  const differing = differences.filter(({ kind }) => kind === "attribute").map(({ name }) => name);
  if (policy === "error") for (const each of differences) problems.add(refuseDifference(each, source));
  checkKey(spec, source, problems);
  return {
    attributes: findMissing(spec.attributes, source.attributes.items),
    replaced: policy === "replace" ? spec.attributes.filter(({ name }) => differing.includes(name)) : [],
    timestamps: spec.timestamps && source.timestamps === undefined,
    relationships: findMissing(spec.relationships, source.relationships.items),
    identities: findMissing(spec.identities, source.identities.items),
    references: findMissing(references, source.relationships.items),
    notices: differences
      .filter(({ kind }) => policy === "ignore" || kind !== "attribute")
      .map((each) => tellDifference(each, source)),
  };
}

function findMissing<Item extends { readonly name: string }>(
  wanted: readonly Item[],
  written: readonly { readonly name: string }[],
): readonly Item[] {
  const names = new Set(written.map(({ name }) => name));
  return wanted.filter(({ name }) => !names.has(name));
}

function checkKey(spec: ResourceSpec, source: ResourceSource, problems: Problems): void {
  const { primaryKey } = source;
  if (spec.primaryKey.length === 0 || !primaryKey || spec.primaryKey.join() === primaryKey.join()) return;
  problems.add({
    code: "primary_key.differs",
    message: `${source.name} has the primary key ${primaryKey.join(", ")} already; ${spec.primaryKey.join(", ")} would be another.`,
    hint: "Leave the key out to add to the resource, or change the key by hand.",
  });
}
