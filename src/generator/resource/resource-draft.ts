import { toPascalCase } from "../../support/casing.js";
import type { FoundResource, ResourceLookup } from "../found-resource.js";
import type { TypedRequest } from "../request/typed-request.js";
import type { ResourceRequest } from "../resource-request.js";
import type { AttributeCase } from "../settings.js";
import type { AttributeDraft } from "./draft-attributes.js";
import type { DraftReference } from "./draft-references.js";
import type { Join } from "./find-join.js";

/** Where the resource is to stand, its names already checked. */
export interface ResourceTarget {
  readonly domain: string;
  readonly name: string;
  readonly table: string;
  readonly path: string;
  /** The resource where it exists already. */
  readonly existing?: FoundResource;
}

/** What a resource is decided from. */
export interface SpecContext {
  readonly request: ResourceRequest;
  readonly typed: TypedRequest;
  readonly target: ResourceTarget;
  readonly lookup: ResourceLookup;
  readonly attributeCase: AttributeCase;
}

/** A resource under way: its attributes named, its references found. */
export interface ResourceDraft extends SpecContext, AttributeDraft {
  /** The resource itself, as others would find it. */
  readonly self: FoundResource;
  readonly references: readonly DraftReference[];
  readonly join: Join;
}

/** The resource as others would find it once it is written. */
export function describeSelf(target: ResourceTarget, draft: AttributeDraft): FoundResource {
  const { existing } = target;
  const own = draft.attributes.map(({ name, column, type }) => ({ name, column, ...(type && { type }) }));
  const key = draft.primaryKey.flatMap((name) => own.find((attribute) => attribute.name === name) ?? []);
  return {
    ...{ name: target.name, path: target.path, table: target.table },
    ...(existing?.schema !== undefined && { schema: existing.schema }),
    ...(existing?.isDefault && { isDefault: true }),
    ...(existing?.isHidden && { isHidden: true }),
    attributes: [...(existing?.attributes ?? []), ...own],
    complete: existing?.complete ?? true,
    primaryKey: existing?.primaryKey ?? key,
    relationships: existing?.relationships ?? [],
  };
}

/** A resource may refer to itself before it is written. */
export function includeSelf(
  lookup: ResourceLookup,
  target: ResourceTarget,
  self: FoundResource,
): ResourceLookup {
  return {
    names: [...lookup.names, target.name],
    findDomain: (resource) =>
      resource.path === self.path && resource.name === self.name
        ? target.domain
        : lookup.findDomain(resource),
    find: (name) => {
      const others = lookup.find(name).filter((found) => found.path !== self.path);
      return name === toPascalCase(target.name) ? [self, ...others] : lookup.find(name);
    },
  };
}
