import { toSnakeCase } from "../../support/casing.js";
import type { GeneratorContext } from "../context.js";
import type { Patch } from "../patch/patch.js";
import { renderAttribute } from "../render/attribute-expression.js";
import { renderTimestamps } from "../render/resource-file.js";
import type { AttributeSpec, ResourceSpec } from "../spec.js";
import type { Staging } from "../staging.js";
import { stagePatches } from "./file-patch.js";
import type { Additions } from "./find-additions.js";
import { stageRelationships } from "./stage-relationships.js";

/** Adds to a resource that exists what it lacks; a resource that lacks nothing is staged as identical. */
export function stageExtension(
  staging: Staging,
  spec: ResourceSpec,
  additions: Additions,
  path: string,
  { settings }: GeneratorContext,
): void {
  const className = spec.name;
  const added = additions.attributes.map(renderEntry);
  const replaced = additions.replaced.map(renderEntry);
  const timestamps = additions.timestamps ? [renderTimestamps(settings.attributeCase)] : [];
  const entries = added.map(({ entry }) => entry);
  const spreads = timestamps.map(({ text }) => text.replace(/^\.\.\./, ""));
  const identities = additions.identities;
  const patches: readonly Patch[] = [
    ...(entries.length + spreads.length > 0
      ? [{ kind: "attributes", className, entries, spreads } as const]
      : []),
    ...replaced.map(({ entry }) => ({ kind: "attributeReplacement", className, entry }) as const),
    ...(identities.length > 0 ? [{ kind: "identities", className, identities } as const] : []),
    ...(spec.actions.length > 0
      ? [{ kind: "defaultActions", className, actions: spec.actions } as const]
      : []),
  ];
  const builders = [...added, ...replaced, ...timestamps].flatMap(({ imports }) => imports);
  stagePatches(staging, { path, builders: [...new Set(builders)].toSorted(), needed: [], patches }, settings);
  const resource = { name: className, path };
  stageRelationships(staging, { resource, relationships: additions.relationships }, settings);
}

function renderEntry(spec: AttributeSpec) {
  const { text, imports } = renderAttribute(spec, spec.column === toSnakeCase(spec.name));
  return { entry: { name: spec.name, expression: text }, imports };
}
