import { failure, type Problem } from "../support/problem.js";
import { isResource } from "./resource-guard.js";
import type { AnyResource } from "./resource.js";

/** A named group of resources. */
export interface Domain {
  readonly name: string;
  readonly resources: readonly AnyResource[];
}

/** What a domain is told. */
export interface DomainOptions {
  // The empty tuple makes the compiler keep the list as a tuple, where it would else compare every class with every other.
  readonly resources: readonly AnyResource[] | readonly [];
}

/**
 * Groups resources under a name. A domain refers to its resources, never they to it.
 *
 * @throws AshlarError where a member of `resources` is not a resource
 * @example
 * export const Accounts = domain("Accounts", { resources: [User, UserTask] });
 */
export function domain(name: string, { resources }: DomainOptions): Domain {
  const problems = resources.flatMap((resource, index) => findStranger(name, resource, index));
  if (problems.length > 0) throw failure(...problems);
  return Object.freeze({ name, resources: Object.freeze([...resources]) });
}

function findStranger(name: string, resource: unknown, index: number): Problem[] {
  if (isResource(resource)) return [];
  return [
    {
      code: "domain.resource.invalid",
      message: `Entry ${String(index + 1)} of the resources of "${name}" is not a resource.`,
      hint: "List classes that extend resource({…}); undefined means that two files import each other in a circle.",
    },
  ];
}
