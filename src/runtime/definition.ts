import { failure } from "../support/problem.js";
import { toSnakeCase } from "../support/casing.js";
import type { AttributeDefinition } from "./attribute-type.js";
import type { AttributeOptions } from "./attribute.js";
import { resolveRelationships } from "./relationship-resolution.js";
import type { ActionKind, IdentityDefinition, ResourceDefinition } from "./resource-definition.js";

/** What a definition is built from: a resource's declaration without its types. */
export interface DeclaredResource {
  readonly table: string;
  readonly attributes: { readonly [name: string]: { readonly options: AttributeOptions } };
  readonly identities?: { readonly [name: string]: readonly string[] };
  readonly actions?: { readonly defaults: readonly ActionKind[] };
  readonly description?: string;
}

const definitions = new WeakMap<object, ResourceDefinition>();

/** The definition of a resource class, built when first asked for: only then does the class have its name. */
export function findDefinition(
  resource: { readonly name: string },
  declared: DeclaredResource,
): ResourceDefinition {
  const known = definitions.get(resource);
  if (known !== undefined) return known;
  const definition = buildDefinition(resource, declared);
  definitions.set(resource, definition);
  return definition;
}

function buildDefinition(
  resource: { readonly name: string },
  declared: DeclaredResource,
): ResourceDefinition {
  const attributes = Object.entries(declared.attributes).map(buildAttribute);
  return Object.freeze({
    name: resource.name,
    table: declared.table,
    ...(declared.description === undefined ? {} : { description: declared.description }),
    attributes: Object.freeze(attributes),
    primaryKey: Object.freeze(attributes.filter(({ primaryKey }) => primaryKey).map(({ name }) => name)),
    identities: Object.freeze(Object.entries(declared.identities ?? {}).map(buildIdentity)),
    defaultActions: Object.freeze([...(declared.actions?.defaults ?? [])]),
    get relationships() {
      const { relationships, problems } = resolveRelationships(resource, this);
      if (problems.length > 0) throw failure(...problems);
      return relationships;
    },
  });
}

function buildAttribute([name, { options }]: [
  string,
  { readonly options: AttributeOptions },
]): AttributeDefinition {
  return Object.freeze({ name, ...options, column: options.column ?? toSnakeCase(name) });
}

function buildIdentity([name, attributes]: [string, readonly string[]]): IdentityDefinition {
  return Object.freeze({ name, attributes: Object.freeze([...attributes]) });
}
