import type { GeneratorContext } from "../context.js";
import { renderRelationship } from "../render/relationship-expression.js";
import type { RelationshipSpec, ResourceReference } from "../spec.js";
import type { Staging } from "../staging.js";
import type { InverseSpec } from "./build-inverses.js";
import { stagePatches, type FilePatch } from "./file-patch.js";

interface AddedRelationships {
  readonly resource: { readonly name: string; readonly path: string };
  readonly relationships: readonly RelationshipSpec[];
  readonly hints?: NonNullable<FilePatch["hints"]>;
}

/** Adds relationships to a resource's file, with the imports that they take. */
export function stageRelationships(
  staging: Staging,
  { resource, relationships, hints }: AddedRelationships,
  settings: GeneratorContext["settings"],
): void {
  const entries = relationships.map((each) => ({ name: each.name, expression: renderRelationship(each) }));
  const patch = {
    path: resource.path,
    builders: [...new Set(relationships.map(({ kind }) => kind))].toSorted(),
    needed: findNamed(relationships),
    patches: [{ kind: "relationships", className: resource.name, entries }],
    ...(hints && { hints }),
  } as const;
  stagePatches(staging, patch, settings);
}

/** Adds what the other ends of a resource's references get, an end at a time. */
export function stageInverses(
  staging: Staging,
  inverses: readonly InverseSpec[],
  settings: GeneratorContext["settings"],
): void {
  const ends = new Map(inverses.map(({ resource }) => [`${resource.path} ${resource.name}`, resource]));
  for (const end of ends.values()) {
    const own = inverses.filter(
      ({ resource, isThere }) => !isThere && resource.path === end.path && resource.name === end.name,
    );
    const relationships = own.map(({ relationship }) => relationship);
    const hints = { "patch.relationship.taken": hintNames(own) };
    stageRelationships(staging, { resource: end, relationships, hints }, settings);
  }
}

/** The flags by which an end's new relationships get other names, or none. */
function hintNames(inverses: readonly InverseSpec[]): string {
  const references = [...new Set(inverses.map(({ reference }) => reference))];
  const isThrough = (reference: string) => inverses.filter((each) => each.reference === reference).length > 1;
  const names = references.map(
    (reference) => `${reference}:<name>${isThrough(reference) ? ":<join rows>" : ""}`,
  );
  return `Name what is new otherwise, with --inverse ${names.join(",")}; or leave this end alone, with --no-inverse.`;
}

/** Every resource that relationships name, each once. */
export function findNamed(relationships: readonly RelationshipSpec[]): readonly ResourceReference[] {
  const named = relationships.flatMap((each) =>
    each.kind === "manyToMany" ? [each.through, each.destination] : [each.destination],
  );
  return [...new Map(named.map((resource) => [`${resource.path} ${resource.name}`, resource])).values()];
}
