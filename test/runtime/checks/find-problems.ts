import {
  domain,
  findDefinitionProblems,
  type AnyResource,
  type Problem,
} from "../../../src/runtime/index.js";

/** What is wrong with some resources of one domain. */
export function findProblems(...resources: readonly AnyResource[]): Problem[] {
  return findDefinitionProblems([domain("Things", { resources })]);
}
