import { toSnakeCase } from "../../support/casing.js";
import type { AttributeCase } from "../settings.js";
import type { IdentitySpec, ResourceSpec } from "../spec.js";
import { renderAttribute, type Expression } from "./attribute-expression.js";
import { renderKey, renderLiteral } from "./literal.js";
import { renderExtras, renderPlacement } from "./table-options.js";
import { renderRelationship } from "./relationship-expression.js";

/** What the template of a resource is given: everything as finished source text. */
export interface ResourceLocals {
  readonly name: string;
  readonly table: string;
  readonly description: string | undefined;
  /** Where the table is and who migrates it, as whole properties; empty for most tables. */
  readonly placement: readonly string[];
  readonly ashlarImports: readonly string[];
  /** Whole import lines of the resources that are referred to. */
  readonly imports: readonly string[];
  readonly attributes: readonly string[];
  readonly identities: readonly string[];
  /** What else the table has: indexes, checks, foreign keys and statements, as whole properties. */
  readonly extras: readonly string[];
  readonly actions: readonly string[];
  readonly relationships: readonly string[];
}

/** An attribute's property as it stands in `attributes: {…}`, and the names it takes from ashlar. */
export function renderAttributeEntries(
  spec: Pick<ResourceSpec, "attributes" | "timestamps">,
  attributeCase: AttributeCase,
): readonly (Expression & { readonly name: string })[] {
  const own = spec.attributes.map((attribute) => ({
    name: attribute.name,
    ...renderAttribute(attribute, attribute.column === toSnakeCase(attribute.name)),
  }));
  return spec.timestamps ? [...own, { name: "...", ...renderTimestamps(attributeCase) }] : own;
}

/** The spread that stands for both timestamps. */
export function renderTimestamps(attributeCase: AttributeCase): Expression {
  const argument = attributeCase === "snake_case" ? renderLiteral("snake_case") : "";
  return { text: `...timestamps(${argument})`, imports: ["timestamps"] };
}

/** The value of an identity: its attributes as an array, or in an object where more is to be told. */
export function renderIdentity({ name: _name, attributes, ...options }: IdentitySpec): string {
  return Object.keys(options).length === 0
    ? renderLiteral(attributes)
    : renderLiteral({ attributes, ...options });
}

/** Computes the locals of the resource template. */
export function buildResourceLocals(
  spec: ResourceSpec,
  imports: readonly string[],
  attributeCase: AttributeCase,
): ResourceLocals {
  const attributes = renderAttributeEntries(spec, attributeCase);
  const used = [
    "resource",
    ...attributes.flatMap((each) => each.imports),
    ...spec.relationships.map(({ kind }) => kind),
  ];
  const { name, table, description } = spec;
  return {
    ...{ name, table, description, imports },
    placement: renderPlacement(spec),
    extras: renderExtras(spec),
    ashlarImports: [...new Set(used)].toSorted(),
    attributes: attributes.map((each) =>
      each.name === "..." ? each.text : `${renderKey(each.name)}: ${each.text}`,
    ),
    identities: spec.identities.map((each) => `${renderKey(each.name)}: ${renderIdentity(each)}`),
    actions: spec.actions.map(renderLiteral),
    relationships: spec.relationships.map((each) => `${renderKey(each.name)}: ${renderRelationship(each)}`),
  };
}
