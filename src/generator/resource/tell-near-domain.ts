import { findNearest } from "../did-you-mean.js";
import { createDomainLookup } from "../domain-lookup.js";
import type { Notice } from "../plan.js";
import type { ProjectIndex } from "../project-index.js";
import type { DomainTarget } from "./find-target.js";

/** A new domain may be the slip of a finger: one that is called almost so is named. */
export function tellNearDomain({ name, existing }: DomainTarget, index: ProjectIndex): readonly Notice[] {
  if (existing) return [];
  const lookup = createDomainLookup(index);
  const near = findNearest(
    name,
    [...index.domains.keys()].filter((other) => lookup.find(other).length > 0),
  );
  if (near === undefined) return [];
  return [
    {
      code: "domain.near",
      severity: "notice",
      message: `The domain ${name} is new; there is ${near} already.`,
      hint: `If ${near} was meant, take these files back, and type ${near} in place of ${name}.`,
    },
  ];
}
