import type { Project } from "../open-project.js";

/** The SQL that a scratch database needs before the project's tables, where the project has such a file. */
export function readPrerequisites({ files, settings }: Pick<Project, "files" | "settings">): {
  readonly prerequisites?: string;
} {
  const prerequisites = files.read(`${settings.migrations}/snapshot/prerequisites.sql`);
  return prerequisites === undefined ? {} : { prerequisites };
}
