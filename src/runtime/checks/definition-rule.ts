import type { Problem } from "../../support/problem.js";
import type { Domain } from "../domain.js";
import { resolveRelationships } from "../relationship-resolution.js";
import type { AttributeDefinition } from "../attribute-type.js";
import type { RelationshipDefinition, ResourceDefinition } from "../resource-definition.js";

/** A resource under check, with the relationships that could be resolved and what is wrong with the others. */
export interface CheckedResource {
  readonly definition: ResourceDefinition;
  readonly relationships: readonly RelationshipDefinition[];
  readonly unresolved: readonly Problem[];
}

/** All that is under check; a resource is there once, however often domains list it. */
export interface CheckedProject {
  readonly domains: readonly Domain[];
  readonly resources: readonly CheckedResource[];
  readonly definitions: ReadonlySet<ResourceDefinition>;
}

/** What is wrong with one resource. */
export type ResourceRule = (resource: CheckedResource, project: CheckedProject) => Problem[];

/** What is wrong between resources or domains. */
export type ProjectRule = (project: CheckedProject) => Problem[];

/** Reads every definition once, for all rules. */
export function buildCheckedProject(domains: readonly Domain[]): CheckedProject {
  const listed = new Set(domains.flatMap((domain) => domain.resources));
  const resources = [...listed].map(readResource);
  return { domains, resources, definitions: new Set(resources.map(({ definition }) => definition)) };
}

function readResource(resource: Domain["resources"][number]): CheckedResource {
  const { definition } = resource;
  const { relationships, problems } = resolveRelationships(resource, definition);
  return { definition, relationships, unresolved: problems };
}

export function findAttribute(resource: ResourceDefinition, name: string): AttributeDefinition | undefined {
  return resource.attributes.find((attribute) => attribute.name === name);
}

/** The names of a resource's attributes for a hint: `id, email, name`. */
export function listAttributes(resource: ResourceDefinition): string {
  return resource.attributes.map(({ name }) => name).join(", ");
}

/** The values that stand more than once, each once. */
export function findRepeated<Value>(values: readonly Value[]): Value[] {
  const seen = new Set<Value>();
  const repeated = new Set<Value>();
  for (const value of values) (seen.has(value) ? repeated : seen).add(value);
  return [...repeated];
}
