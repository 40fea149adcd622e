import type { ResourceDefinition } from "../../runtime/resource-definition.js";
import type { ResourceReference } from "../spec.js";

/** A resource that others may refer to: what it holds, and where it stands. */
export interface Target {
  readonly definition: ResourceDefinition;
  readonly resource: ResourceReference;
}

/** Those that tables may refer to, by the keys of their tables. */
export type Targets = ReadonlyMap<string, Target>;
