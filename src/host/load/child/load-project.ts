import { relative, sep } from "node:path";
import { findEndFindings } from "../../../generator/check/find-end-findings.js";
import { noFindings } from "../../../generator/check/findings.js";
import { describeTables } from "../../../migrations/describe.js";
import { noRenames } from "../../../migrations/renames.js";
import { buildTableKey } from "../../../support/table-key.js";
import { findDefinitionProblems } from "../../../runtime/checks/check-definitions.js";
import type { Domain } from "../../../runtime/domain.js";
import type { ResourceDefinition } from "../../../runtime/resource-definition.js";
import { isResource } from "../../../runtime/resource-guard.js";
import type { AnyResource } from "../../../runtime/resource.js";
import { isAshlarError, type Problem } from "../../../support/problem.js";
import type { LoadAnswer, LoadedResource, LoadRequest } from "../protocol.js";
import { describeError } from "../../migrate/knexfile.js";
import { describeFailure } from "./module-failure.js";
import { type LoadedModule, ModuleGraph } from "./module-graph.js";

/** Runs the modules of a project's domains and says what their resources are. Never throws. */
export async function loadProject({ root, modules, paths }: LoadRequest): Promise<LoadAnswer> {
  const graph = new ModuleGraph({ root, paths });
  const { namespaces, problems } = await loadModules(graph, modules, root);
  if (problems.length > 0) return { kind: "failed", problems };
  try {
    return describeDomains(findDomains(namespaces), graph.loaded, root);
  } catch (error) {
    return { kind: "failed", problems: isAshlarError(error) ? error.problems : [describeUnreadable(error)] };
  }
}

/** What the types forbid may throw anywhere; only the compiler knows the place. */
function describeUnreadable(error: unknown): Problem {
  return {
    code: "project.definitions.failed",
    message: `What the resources say cannot be read: ${describeError(error)}.`,
    hint: "One of them says what its types forbid. The compiler tells the place: npx tsc --noEmit",
  };
}

/** One broken module may keep many from loading; it is told once. */
async function loadModules(graph: ModuleGraph, paths: readonly string[], root: string) {
  const namespaces: object[] = [];
  const failures = new Map<unknown, readonly Problem[]>();
  for (const path of paths) {
    try {
      namespaces.push(await graph.load(path));
    } catch (thrown) {
      const error = findLinkCause(thrown);
      if (!failures.has(error)) failures.set(error, describeFailure(error, path, root));
    }
  }
  const problems = [...failures.values()].flat();
  const distinct = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  return { namespaces, problems: [...distinct.values()] };
}

/** What imports a module that has thrown is refused with an error of Node's own, whose cause is what was thrown. */
function findLinkCause(error: unknown): unknown {
  const isLink = error instanceof Error && "code" in error && error.code === "ERR_VM_MODULE_LINK_FAILURE";
  return isLink && error.cause !== undefined ? error.cause : error;
}

function findDomains(namespaces: readonly object[]): readonly Domain[] {
  const exported: unknown[] = namespaces.flatMap((namespace) => Object.values(namespace));
  return [...new Set(exported.filter(isDomain))];
}

function isDomain(value: unknown): value is Domain {
  if (typeof value !== "object" || value === null || !("name" in value) || !("resources" in value))
    return false;
  const { name, resources } = value;
  return typeof name === "string" && Array.isArray(resources) && resources.every(isResource);
}

function describeDomains(
  domains: readonly Domain[],
  modules: readonly LoadedModule[],
  root: string,
): LoadAnswer {
  const problems = findDefinitionProblems(domains);
  const resources = [...new Set(domains.flatMap((domain) => domain.resources))];
  const definitions = resources.map(({ definition }) => definition);
  const described = problems.length > 0 ? { description: nothing, problems } : describeAll(definitions);
  return {
    kind: "loaded",
    tables: [...described.description.snapshot],
    renames: described.description.renames,
    resources: locateResources(resources, modules, root),
    problems: described.problems,
    ends: problems.length > 0 ? noFindings : findEndFindings(definitions),
  };
}

const nothing = { snapshot: new Map(), renames: noRenames };

function describeAll(definitions: readonly ResourceDefinition[]) {
  try {
    return { description: describeTables(definitions), problems: [] };
  } catch (error) {
    if (!isAshlarError(error)) throw error;
    return { description: nothing, problems: error.problems };
  }
}

/** The file that declares the class, not one of those that hand it on. */
function locateResources(
  resources: readonly AnyResource[],
  modules: readonly LoadedModule[],
  root: string,
): readonly LoadedResource[] {
  const exporters = new Map<unknown, LoadedModule[]>();
  for (const module of modules) {
    for (const value of Object.values(module.namespace)) {
      if (isResource(value)) exporters.set(value, [...(exporters.get(value) ?? []), module]);
    }
  }
  return resources.map((resource) => {
    const { name, schema, table } = resource.definition;
    const found = exporters.get(resource) ?? [];
    const declaring = found.find(({ text }) => text.includes(`class ${name} `));
    const path = (declaring ?? found[0])?.path;
    return {
      name,
      table: buildTableKey({ name: table, ...(schema !== undefined && { schema }) }),
      path: path === undefined ? "" : relative(root, path).split(sep).join("/"),
    };
  });
}
