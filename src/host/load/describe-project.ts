import { noFindings } from "../../generator/check/findings.js";
import { noRenames } from "../../migrations/renames.js";
import { failure, type Problem } from "../../support/problem.js";
import type { Project } from "../open-project.js";
import { posix, resolve } from "node:path";
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
  if (modules.length === 0) return { ...emptyDescription, problems: findNoDomainProblems(files, settings) };
  const answer = await askChild({
    root,
    modules: modules.map((path) => resolve(root, path)),
    paths: withBaseUrl(settings),
  });
  if (answer.kind === "failed") throw failure(...answer.problems);
  const { tables, renames, resources, problems, ends } = answer;
  return { description: { snapshot: new Map(tables), renames }, resources, problems, ends };
}

/** What is not relative is looked for below `baseUrl`, after the aliases and before the packages. */
function withBaseUrl({ paths, baseUrl }: Project["settings"]): Project["settings"]["paths"] {
  return baseUrl === undefined || "*" in paths ? paths : { ...paths, "*": [posix.join(baseUrl, "*")] };
}

/** Whoever has snapshots had domains: that all of them are gone is likelier a folder that is looked for in vain. */
function findNoDomainProblems(
  files: Project["files"],
  { source, migrations }: Project["settings"],
): readonly Problem[] {
  const start = `${migrations}/snapshot/`;
  const snapshots = files
    .list(`${migrations}/snapshot`)
    .filter((path) => path.endsWith(".json") && !path.slice(start.length).includes("/"));
  if (snapshots.length === 0) return [];
  return [
    {
      code: "project.domain.none",
      message: `No file in "${source}" makes a domain, but there are snapshots of ${snapshots.length === 1 ? "a table" : `${snapshots.length} tables`}.`,
      hint: 'Domains are looked for in the folder that "source" in ashlar.config.json names: files that import domain from "ashlar" and call it. Where all resources are to go, keep a domain without any.',
    },
  ];
}

const emptyDescription: ProjectDescription = {
  description: { snapshot: new Map(), renames: noRenames },
  resources: [],
  problems: [],
  ends: noFindings,
};
