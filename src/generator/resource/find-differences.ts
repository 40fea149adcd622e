import type { Problem } from "../../support/problem.js";
import type { Notice } from "../plan.js";
import type { AttributeSource, RelationshipSource, ResourceSource } from "../source/resource-source.js";
import type { AttributeSpec, RelationshipSpec, ResourceSpec } from "../spec.js";

/** Something that a resource has under the name asked for, and has otherwise. */
export interface Difference {
  readonly kind: "attribute" | "relationship" | "identity";
  readonly name: string;
}

/** What of a spec a resource has otherwise. Only what can be read and was asked for is compared. */
export function findDifferences(spec: ResourceSpec, source: ResourceSource): readonly Difference[] {
  const { attributes, relationships, identities } = source;
  const differing = [
    ...spec.attributes
      .filter((each) => attributeDiffers(find(attributes.items, each), each))
      .map(named("attribute")),
    ...spec.relationships
      .filter((each) => relationshipDiffers(find(relationships.items, each), each))
      .map(named("relationship")),
    ...spec.identities
      .filter((each) => listDiffers(find(identities.items, each)?.attributes, each.attributes))
      .map(named("identity")),
  ];
  return differing;
}

/** With `--conflicts error`. */
export function refuseDifference({ kind, name }: Difference, source: ResourceSource): Problem {
  return {
    code: `${kind}.differs`,
    message: `${source.name}.${name} is declared otherwise in ${source.path}.`,
    hint: `Leave it out, or ${kind === "attribute" ? "use --conflicts replace to take the new declaration" : "change it there"}.`,
  };
}

/** With `--conflicts ignore`. */
export function tellDifference({ kind, name }: Difference, source: ResourceSource): Notice {
  return {
    code: `${kind}.differs`,
    severity: "notice",
    message: `${source.name}.${name} is declared otherwise in ${source.path}; it stays as it is.`,
    hint:
      kind === "attribute"
        ? "To take the new declaration, add --conflicts replace."
        : "If the new declaration is meant, change it there.",
  };
}

function attributeDiffers(written: AttributeSource | undefined, wanted: AttributeSpec): boolean {
  if (!written?.type) return false;
  const isSameType = JSON.stringify(written.type) === JSON.stringify(wanted.type);
  if (written.primaryKey) return !isSameType;
  const isSame = isSameType && written.required === wanted.required && written.unique === wanted.unique;
  return !isSame || lacksWhatIsAsked(written, wanted);
}

/** What goes without saying is not asked for: an attribute that has more than these stays as it is. */
function lacksWhatIsAsked(written: AttributeSource, wanted: AttributeSpec): boolean {
  const hasDefault = /\.(default|generated)\(/.test(written.expression);
  return (
    (wanted.index && !written.index) ||
    (wanted.private && !written.private) ||
    (wanted.sensitive && !written.sensitive) ||
    (wanted.default !== undefined && !hasDefault)
  );
}

function relationshipDiffers(written: RelationshipSource | undefined, wanted: RelationshipSpec): boolean {
  if (!written?.kind) return false;
  const through = wanted.kind === "manyToMany" ? wanted.through.name : undefined;
  const isSame =
    written.kind === wanted.kind &&
    written.destination === wanted.destination.name &&
    written.through === through;
  const { kind: _kind, name: _name, ...options } = wanted;
  const asked = Object.entries(options).filter(([, value]) => typeof value === "string");
  const has = (option: string) => written.options[option] ?? (option === "onDelete" ? "noAction" : undefined);
  return !isSame || asked.some(([option, value]) => has(option) !== value);
}

function listDiffers(written: readonly string[] | undefined, wanted: readonly string[]): boolean {
  return written !== undefined && written.join() !== wanted.join();
}

function find<Item extends { readonly name: string }>(
  items: readonly Item[],
  { name }: { readonly name: string },
): Item | undefined {
  return items.find((item) => item.name === name);
}

function named(kind: Difference["kind"]) {
  return ({ name }: { readonly name: string }): Difference => ({ kind, name });
}
