import { toSnakeCase } from "../support/casing.js";
import { failure, isAshlarError, type Problem } from "../support/problem.js";
import type { LazyResource, BelongsTo, HasMany, HasOne, ManyToMany, Relationship } from "./relationship.js";
import type { RelationshipDefinition, ResourceDefinition } from "./resource-definition.js";
import { isResource } from "./resource-guard.js";

/** The relationships of a resource that could be resolved, and what stood in the way of the others. */
export interface RelationshipResolution {
  readonly relationships: readonly RelationshipDefinition[];
  readonly problems: readonly Problem[];
}

interface Named {
  readonly source: ResourceDefinition;
  readonly name: string;
}

const resolutions = new WeakMap<ResourceDefinition, RelationshipResolution>();

/**
 * Calls the functions that name the other resources and fills in the defaults. A success is remembered; a failure is
 * not, since it may only mean that a module was still loading.
 */
export function resolveRelationships(resource: object, source: ResourceDefinition): RelationshipResolution {
  const known = resolutions.get(source);
  if (known !== undefined) return known;
  const outcomes = Object.entries(readDeclared(resource)).map(([name, relationship]) =>
    tryResolve({ source, name }, relationship),
  );
  const resolution = Object.freeze({
    relationships: Object.freeze(outcomes.flatMap(({ relationships }) => relationships)),
    problems: outcomes.flatMap(({ problems }) => problems),
  });
  if (resolution.problems.length === 0) resolutions.set(source, resolution);
  return resolution;
}

function readDeclared(resource: object): Readonly<Record<string, Relationship>> {
  if (!("relationships" in resource)) return {};
  // What `resource` asks of that member.
  return resource.relationships as Readonly<Record<string, Relationship>>;
}

function tryResolve(named: Named, relationship: Relationship): RelationshipResolution {
  try {
    return { relationships: [Object.freeze(resolve(named, relationship))], problems: [] };
  } catch (error) {
    if (!isAshlarError(error)) throw error;
    return { relationships: [], problems: error.problems };
  }
}

function resolve(named: Named, relationship: Relationship): RelationshipDefinition {
  switch (relationship?.kind) {
    case "belongsTo":
      return resolveBelongsTo(named, relationship);
    case "hasOne":
    case "hasMany":
      return resolveHas(named, relationship);
    case "manyToMany":
      return resolveManyToMany(named, relationship);
    default:
      throw failure(describeStranger(named));
  }
}

function resolveBelongsTo(
  named: Named,
  relationship: BelongsTo<LazyResource, string>,
): RelationshipDefinition {
  const destination = resolveResource(named, "destination", relationship.destination);
  return {
    kind: "belongsTo",
    name: named.name,
    destination,
    sourceAttribute: relationship.sourceAttribute ?? guessSourceAttribute(named),
    destinationAttribute:
      relationship.destinationAttribute ?? requireSingleKey(named, destination, "destinationAttribute"),
    onDelete: relationship.onDelete ?? "noAction",
    ...pickForeignKey(relationship),
  };
}

/** What is said of the foreign key, so that nothing stands where nothing was said. */
function pickForeignKey({ onUpdate, deferrable, foreignKey, index }: BelongsTo<LazyResource, string>) {
  return {
    ...(onUpdate !== undefined && { onUpdate }),
    ...(deferrable !== undefined && { deferrable }),
    ...(foreignKey !== undefined && { foreignKey }),
    ...(index !== undefined && { index }),
  };
}

function resolveHas(
  named: Named,
  relationship: HasOne<LazyResource> | HasMany<LazyResource>,
): RelationshipDefinition {
  return {
    kind: relationship.kind,
    name: named.name,
    destination: resolveResource(named, "destination", relationship.destination),
    sourceAttribute: relationship.sourceAttribute ?? requireSingleKey(named, named.source, "sourceAttribute"),
    destinationAttribute: relationship.destinationAttribute,
  };
}

function resolveManyToMany(
  named: Named,
  relationship: ManyToMany<LazyResource, LazyResource>,
): RelationshipDefinition {
  const destination = resolveResource(named, "destination", relationship.destination);
  return {
    kind: "manyToMany",
    name: named.name,
    destination,
    through: resolveResource(named, "through", relationship.through),
    sourceAttribute: relationship.sourceAttribute ?? requireSingleKey(named, named.source, "sourceAttribute"),
    destinationAttribute:
      relationship.destinationAttribute ?? requireSingleKey(named, destination, "destinationAttribute"),
    sourceAttributeOnJoinResource: relationship.sourceAttributeOnJoinResource,
    destinationAttributeOnJoinResource: relationship.destinationAttributeOnJoinResource,
  };
}

function guessSourceAttribute({ source, name }: Named): string {
  const declared = new Set(source.attributes.map((attribute) => attribute.name));
  return !declared.has(`${name}Id`) && declared.has(`${name}_id`) ? `${name}_id` : `${name}Id`;
}

function requireSingleKey(named: Named, resource: ResourceDefinition, option: string): string {
  const [key, ...more] = resource.primaryKey;
  if (key === undefined || more.length > 0) throw failure(describeMissingKey(named, resource, option));
  return key;
}

function resolveResource(named: Named, role: string, find: LazyResource): ResourceDefinition {
  const found = callFinder(named, role, find);
  if (!isResource(found)) throw failure(describeUnresolved(named, role));
  return found.definition;
}

function callFinder(named: Named, role: string, find: () => unknown): unknown {
  try {
    return find();
  } catch (error) {
    if (error instanceof ReferenceError) throw failure(describeUnresolved(named, role));
    throw error;
  }
}

function describeStranger({ source, name }: Named): Problem {
  return {
    code: "relationship.kind.unknown",
    message: `"${source.name}.${name}" is not a relationship.`,
    hint: `Write ${name}: belongsTo(() => …), hasOne, hasMany or manyToMany.`,
  };
}

function describeUnresolved({ source, name }: Named, role: string): Problem {
  return {
    code: `relationship.${role}.unresolved`,
    message: `The ${role} of "${source.name}.${name}" is not a resource, or its file has not been loaded yet.`,
    hint: "Name a class that extends resource({…}), and read definitions only after all files are imported.",
  };
}

function describeMissingKey({ source, name }: Named, resource: ResourceDefinition, option: string): Problem {
  const count = resource.primaryKey.length;
  const key = count === 0 ? "no primary key" : `a primary key of ${String(count)} attributes`;
  return {
    code: `relationship.${toSnakeCase(option)}.missing`,
    message: `"${source.name}.${name}" cannot tell its ${option}: "${resource.name}" has ${key}.`,
    hint: `Name the attribute of ${resource.name}: { ${option}: "…" }.`,
  };
}
