import type { Notice } from "../plan.js";
import type { Problems } from "../request/problems.js";
import type { ConflictPolicy } from "../request/typed-request.js";
import type { AttributeSource, ResourceSource } from "../source/resource-source.js";
import type { AttributeSpec, ResourceSpec } from "../spec.js";
import type { DraftReference } from "./draft-references.js";

/** What of a spec a resource that exists does not have yet, and what it has otherwise. */
export interface Additions {
  readonly attributes: readonly AttributeSpec[];
  /** Attributes that take the place of the resource's own, with `--conflicts replace`. */
  readonly replaced: readonly AttributeSpec[];
  readonly timestamps: boolean;
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
  const written = new Map(source.attributes.items.map((attribute) => [attribute.name, attribute]));
  const missing = spec.attributes.filter(({ name }) => !written.has(name));
  const differing = spec.attributes.filter((attribute) => differs(written.get(attribute.name), attribute));
  const relationships = new Set(source.relationships.items.map(({ name }) => name));
  const identities = new Set(source.identities.items.map(({ name }) => name));
  if (policy === "error") for (const { name } of differing) problems.add(conflict(name, source));
  checkKey(spec, source, problems);
  return {
    attributes: missing,
    replaced: policy === "replace" ? differing : [],
    timestamps: spec.timestamps && source.timestamps === undefined,
    identities: spec.identities.filter(({ name }) => !identities.has(name)),
    references: references.filter(({ name }) => !relationships.has(name)),
    notices: policy === "ignore" ? differing.map(({ name }) => tellDifference(name, source)) : [],
  };
}

/** Only what can be read and was asked for is compared. */
function differs(written: AttributeSource | undefined, wanted: AttributeSpec): boolean {
  if (!written?.type) return false;
  const isSameType = JSON.stringify(written.type) === JSON.stringify(wanted.type);
  const isRequired = written.required || written.primaryKey;
  return !isSameType || isRequired !== wanted.required || written.unique !== wanted.unique;
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

function conflict(name: string, source: ResourceSource) {
  return {
    code: "attribute.differs",
    message: `${source.name}.${name} is declared otherwise in ${source.path}.`,
    hint: "Leave it out, or use --conflicts replace to take the new declaration.",
  };
}

function tellDifference(name: string, source: ResourceSource): Notice {
  return {
    code: "attribute.differs",
    severity: "notice",
    message: `${source.name}.${name} is declared otherwise in ${source.path}; it stays as it is.`,
    hint: "To take the new declaration, add --conflicts replace.",
  };
}
