import { failure } from "../support/problem.js";
import { buildActions, type DeclaredActions } from "./actions/action-definition.js";
import { buildAttribute } from "./attribute-definition.js";
import type { AttributeOptions } from "./attribute.js";
import { buildIdentity, buildTable } from "./build-table.js";
import { resolveRelationships } from "./relationship-resolution.js";
import type { ResourceDefinition } from "./resource-definition.js";
import type { IdentityDeclaration, TableOptions } from "./table-declaration.js";

/** What a definition is built from: a resource's declaration without its types. */
export interface DeclaredResource extends TableOptions {
  readonly table: string;
  readonly attributes: { readonly [name: string]: { readonly options: AttributeOptions } };
  readonly identities?: { readonly [name: string]: readonly string[] | IdentityDeclaration };
  readonly actions?: DeclaredActions;
  readonly description?: string;
}

/** The class of a resource, which makes its records. */
export interface RecordClass {
  readonly name: string;
  readonly prototype: object;
  new (values: never): object;
}

const definitions = new WeakMap<object, ResourceDefinition>();
const classes = new WeakMap<ResourceDefinition, RecordClass>();

/** The definition of a resource class, built when first asked for: only then does the class have its name. */
export function findDefinition(resource: RecordClass, declared: DeclaredResource): ResourceDefinition {
  const known = definitions.get(resource);
  if (known !== undefined) return known;
  const definition = buildDefinition(resource, declared);
  definitions.set(resource, definition);
  classes.set(definition, resource);
  return definition;
}

/** The class whose records a definition describes. */
export function findRecordClass(definition: ResourceDefinition): RecordClass {
  const found = classes.get(definition);
  if (found === undefined) throw new Error(`"${definition.name}" was not made by this copy of ashlar.`);
  return found;
}

function buildDefinition(
  resource: { readonly name: string },
  declared: DeclaredResource,
): ResourceDefinition {
  const attributes = Object.entries(declared.attributes).map(buildAttribute);
  return Object.freeze({
    name: resource.name,
    table: declared.table,
    ...buildTable(declared),
    ...(declared.description === undefined ? {} : { description: declared.description }),
    attributes: Object.freeze(attributes),
    primaryKey: Object.freeze(attributes.filter(({ primaryKey }) => primaryKey).map(({ name }) => name)),
    identities: Object.freeze(Object.entries(declared.identities ?? {}).map(buildIdentity)),
    actions: buildActions(declared.actions ?? {}, attributes),
    get relationships() {
      const { relationships, problems } = resolveRelationships(resource, this);
      if (problems.length > 0) throw failure(...problems);
      return relationships;
    },
  });
}
