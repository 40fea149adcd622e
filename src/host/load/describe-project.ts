import { noFindings } from "../../generator/check/findings.js";
import { noRenames } from "../../migrations/renames.js";
import { failure } from "../../support/problem.js";
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
  if (modules.length === 0) return describeNothing(files, settings);
  const answer = await askChild({
    root,
    modules: modules.map((path) => resolve(root, path)),
    paths: withBaseUrl(settings),
  });
  if (answer.kind === "failed") throw failure(...answer.problems);
  const { tables, renames, resources, problems, ends } = answer;
  return { description: { snapshot: new Map(tables), renames }, resources, problems, ends, notices: [] };
}

/** What is not relative is looked for below `baseUrl`, after the aliases and before the packages. */
function withBaseUrl({ paths, baseUrl }: Project["settings"]): Project["settings"]["paths"] {
  return baseUrl === undefined || "*" in paths ? paths : { ...paths, "*": [posix.join(baseUrl, "*")] };
}

/** Whoever has snapshots had domains: that all of them are gone is likelier a folder that is looked for in vain. */
function describeNothing(
  files: Project["files"],
  { source, migrations }: Project["settings"],
): ProjectDescription {
  const start = `${migrations}/snapshot/`;
  const snapshots = files
    .list(`${migrations}/snapshot`)
    .filter((path) => path.endsWith(".json") && !path.slice(start.length).includes("/"));
  const found = { code: "project.domain.none", message: `No file in "${source}" makes a domain` };
  if (snapshots.length === 0) {
    const message = `${found.message}, so there are no resources.`;
    return {
      ...emptyDescription,
      notices: [{ ...found, severity: "notice", message, hint: `${where} ${how}` }],
    };
  }
  const count = snapshots.length === 1 ? "a table" : `${snapshots.length} tables`;
  const message = `${found.message}, but there are snapshots of ${count}.`;
  const hint = `${where} Where all resources are to go, keep a domain without any.`;
  return { ...emptyDescription, problems: [{ ...found, message, hint }] };
}

const where =
  'Domains are looked for in the folder that "source" in ashlar.config.json names: files that import domain from "ashlar" and call it.';

const how =
  "A first resource with its domain: npx ashlar gen resource <Domain> <Name>. Those of a database that is there: npx ashlar gen resources --from-database";

const emptyDescription: ProjectDescription = {
  description: { snapshot: new Map(), renames: noRenames },
  resources: [],
  problems: [],
  ends: noFindings,
  notices: [],
};
