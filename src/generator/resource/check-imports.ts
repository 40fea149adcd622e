import type { Problems } from "../request/problems.js";
import type { ResourceReference, ResourceSpec } from "../spec.js";
import type { InverseSpec } from "./build-inverses.js";
import type { ResourceTarget } from "./resource-draft.js";
import { findNamed } from "./stage-relationships.js";

interface NamingFiles {
  readonly spec: ResourceSpec;
  readonly target: ResourceTarget;
  readonly inverses: readonly InverseSpec[];
}

/** Every resource that a file is to name must be exported to it, and under a name that no other has. */
export function checkImports({ spec, target, inverses }: NamingFiles, problems: Problems): void {
  checkFile(target.path, findNamed(spec.relationships), problems);
  const ends = new Set(inverses.map(({ resource }) => resource.path));
  for (const path of ends) {
    const own = inverses.filter(({ resource, isThere }) => resource.path === path && !isThere);
    checkFile(path, findNamed(own.map(({ relationship }) => relationship)), problems);
  }
}

function checkFile(path: string, named: readonly ResourceReference[], problems: Problems): void {
  for (const resource of named) {
    if (resource.isHidden && resource.path !== path) problems.addOnce(isHidden(resource));
    const other = named.find((each) => each.name === resource.name);
    if (other && other !== resource) problems.addOnce(shareName(path, other, resource));
  }
}

function isHidden({ name, path }: ResourceReference) {
  return {
    code: "resource.unexported",
    message: `"${path}" does not export ${name} by that name, so no other file can refer to it.`,
    hint: `Export it there: export class ${name} …`,
  };
}

function shareName(path: string, one: ResourceReference, other: ResourceReference) {
  return {
    code: "resource.name.shared",
    message: `"${path}" would name two resources ${one.name}: those of ${one.path} and ${other.path}.`,
    hint: "Rename the class of one of them; in a repo each has a name of its own.",
  };
}
