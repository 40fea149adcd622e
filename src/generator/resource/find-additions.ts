import { toSnakeCase } from "../../support/casing.js";
import type { Notice } from "../plan.js";
import type { Problems } from "../request/problems.js";
import type { ConflictPolicy } from "../request/typed-request.js";
import type { AttributeSource, ResourceSource } from "../source/resource-source.js";
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
  const replaced = policy === "replace" ? differing : [];
  checkKey(spec, source, replaced, problems);
  const columns = new Map(source.attributes.items.map((each) => [each.name, findColumn(each)]));
  const replacing = spec.attributes.filter(({ name }) => replaced.includes(name));
  return {
    attributes: findMissing(spec.attributes, source.attributes.items),
    replaced: replacing.map((each) => ({ ...each, column: columns.get(each.name) ?? each.column })),
    timestamps: spec.timestamps && source.timestamps === undefined,
    relationships: findMissing(spec.relationships, source.relationships.items),
    identities: findMissing(spec.identities, source.identities.items),
    references: findMissing(references, source.relationships.items),
    notices: [
      ...differences
        .filter(({ kind }) => policy === "ignore" || kind !== "attribute")
        .map((each) => tellDifference(each, source)),
      ...tellDescription(spec, source),
      ...replacing.flatMap((each) => tellColumn(each, columns.get(each.name), source) ?? []),
    ],
  };
}

function findColumn({ name, column }: AttributeSource): string {
  return column ?? toSnakeCase(name);
}

/** A column that got another name would be a column lost and one made. */
function tellColumn(
  wanted: AttributeSpec,
  column: string | undefined,
  source: ResourceSource,
): Notice | undefined {
  if (column === undefined || column === wanted.column) return undefined;
  return {
    code: "attribute.column.kept",
    severity: "notice",
    message: `${source.name}.${wanted.name} keeps its column "${column}".`,
  };
}

function tellDescription({ description }: ResourceSpec, source: ResourceSource): readonly Notice[] {
  if (description === undefined || description === source.description) return [];
  return [
    {
      code: "resource.description.differs",
      severity: "notice",
      message: `${source.name} has ${source.description === undefined ? "no" : "another"} description in ${source.path}; it stays as it is.`,
      hint: `Write it there: description: ${JSON.stringify(description)},`,
    },
  ];
}

function findMissing<Item extends { readonly name: string }>(
  wanted: readonly Item[],
  written: readonly { readonly name: string }[],
): readonly Item[] {
  const names = new Set(written.map(({ name }) => name));
  return wanted.filter(({ name }) => !names.has(name));
}

/** A key is made with the table or added whole; nothing else is done to one. */
function checkKey(
  { primaryKey: wanted }: ResourceSpec,
  { name, path, primaryKey, attributes }: ResourceSource,
  replaced: readonly string[],
  problems: Problems,
): void {
  const hint = "Leave the key out to add to the resource, or change the key by hand.";
  const message = findKeyDifference(name, wanted, primaryKey);
  if (message !== undefined) problems.add({ code: "primary_key.differs", message, hint });
  const isKey = (attribute: string) => primaryKey?.includes(attribute) === true;
  for (const attribute of replaced.filter(isKey)) {
    const message = `${name}.${attribute} is part of the primary key, which --conflicts replace leaves alone.`;
    problems.add({ code: "primary_key.differs", message, hint });
  }
  const isWritten = (attribute: string) => attributes.items.some((each) => each.name === attribute);
  for (const attribute of primaryKey ? [] : wanted.filter(isWritten)) {
    problems.add({
      code: "primary_key.written",
      message: `${name}.${attribute} is declared in ${path} already, and not as part of the primary key.`,
      hint: "Add .primaryKey() to it there, or name a key that is not there yet.",
    });
  }
}

function findKeyDifference(
  name: string,
  wanted: readonly string[],
  primaryKey: readonly string[] | undefined,
): string | undefined {
  if (wanted.length === 0 || !primaryKey || wanted.join() === primaryKey.join()) return undefined;
  return `${name} has the primary key ${primaryKey.join(", ")} already; ${wanted.join(", ")} would be another.`;
}
