import type { GeneratorContext } from "../context.js";
import { renderRelationship } from "../render/relationship-expression.js";
import type { RelationshipSpec, ResourceReference } from "../spec.js";
import type { Staging } from "../staging.js";
import type { InverseSpec } from "./build-inverses.js";
import { stagePatches } from "./file-patch.js";

/** Adds relationships to a resource's file, with the imports that they take. */
export function stageRelationships(
  staging: Staging,
  resource: { readonly name: string; readonly path: string },
  relationships: readonly RelationshipSpec[],
  settings: GeneratorContext["settings"],
): void {
  const entries = relationships.map((each) => ({ name: each.name, expression: renderRelationship(each) }));
  const patch = {
    path: resource.path,
    builders: [...new Set(relationships.map(({ kind }) => kind))].toSorted(),
    needed: findNamed(relationships),
    patches: [{ kind: "relationships", className: resource.name, entries }],
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
    const own = inverses.filter(({ resource }) => resource.path === end.path && resource.name === end.name);
    const relationships = own.map(({ relationship }) => relationship);
    stageRelationships(staging, end, relationships, settings);
  }
}

/** Every resource that relationships name, each once. */
export function findNamed(relationships: readonly RelationshipSpec[]): readonly ResourceReference[] {
  const named = relationships.flatMap((each) =>
    each.kind === "manyToMany" ? [each.through, each.destination] : [each.destination],
  );
  return [...new Map(named.map((resource) => [`${resource.path} ${resource.name}`, resource])).values()];
}
