import { failure } from "../../support/problem.js";
import { findRecordClass } from "../definition.js";
import type { ResourceDefinition } from "../resource-definition.js";
import { setLoaded } from "./loaded-property.js";

const guarded = new WeakSet<ResourceDefinition>();

/** Makes a relationship that was not loaded throw where it is read, instead of being undefined. */
export function guardUnloaded(definition: ResourceDefinition): void {
  if (guarded.has(definition)) return;
  guarded.add(definition);
  const { prototype } = findRecordClass(definition);
  for (const { name } of definition.relationships) {
    if (name in prototype) continue;
    Object.defineProperty(prototype, name, {
      configurable: true,
      enumerable: false,
      get: () => {
        throw createUnloadedError(definition, name);
      },
      set(this: object, value: unknown) {
        setLoaded(this, name, value);
      },
    });
  }
}

function createUnloadedError({ name: resource }: ResourceDefinition, name: string): Error {
  return failure({
    code: "relationship.not_loaded",
    message: `The relationship "${name}" of this ${resource} was not loaded.`,
    hint: `Load it: repo.query(${resource}).load("${name}"), or repo.load(${resource}, record, "${name}").`,
  });
}
