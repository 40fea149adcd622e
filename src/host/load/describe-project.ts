import { noFindings } from "../../generator/check/findings.js";
import { noRenames } from "../../migrations/renames.js";
import { failure } from "../../support/problem.js";
import type { Project } from "../open-project.js";
import { resolve } from "node:path";
import { askChild } from "./child-process.js";
import { findDomainModules } from "./domain-modules.js";
import type { ProjectDescription } from "./protocol.js";

export type { LoadedResource, ProjectDescription } from "./protocol.js";

/**
 * What all resources of a project say, read by running the modules of its domains in a process of their own: its
 * TypeScript, its aliases and its packages are followed, and nothing that they open or start outlives the reading.
 *
 * @returns tables and renames; where definitions are wrong they are empty and `problems` says why
 * @throws AshlarError `project.module.failed` and others of `project.module`, with the place and the lines around it,
 * where a module cannot be loaded; `project.load.ended` and `project.load.timeout`
 * @example
 * const { description, problems } = await describeProject(await openProject(root));
 * description.snapshot.get("users")?.columns.length; // 3
 */
export async function describeProject(
  project: Pick<Project, "root" | "files" | "settings">,
): Promise<ProjectDescription> {
  const { root, files, settings } = project;
  const modules = findDomainModules(files, settings.source);
  if (modules.length === 0) return emptyDescription;
  const answer = await askChild({
    root,
    modules: modules.map((path) => resolve(root, path)),
    paths: settings.paths,
  });
  if (answer.kind === "failed") throw failure(...answer.problems);
  const { tables, renames, resources, problems, ends } = answer;
  return { description: { snapshot: new Map(tables), renames }, resources, problems, ends };
}

const emptyDescription: ProjectDescription = {
  description: { snapshot: new Map(), renames: noRenames },
  resources: [],
  problems: [],
  ends: noFindings,
};
