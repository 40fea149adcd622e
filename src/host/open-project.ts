import type { GeneratorContext } from "../generator/context.js";
import type { FileTree } from "../generator/file-tree.js";
import type { Settings } from "../generator/settings.js";
import { openSettings, type Finding } from "./detect.js";
import { createDiskTree } from "./disk-tree.js";
import { createFormatter } from "./formatter.js";
import { findProjectRoot } from "./project-root.js";
import { createTemplateSource } from "./templates.js";

/** A project on disk, as a command meets it. */
export interface Project {
  /** Absolute. */
  readonly root: string;
  readonly settings: Settings;
  /** Where each setting comes from. */
  readonly findings: readonly Finding[];
  readonly files: FileTree;
}

/**
 * The project that `cwd` lies in. Call `recover` with its root before, so that no half-written file is read.
 *
 * @throws AshlarError `project.missing`, and as `openSettings` does
 * @example
 * recover(findProjectRoot(cwd));
 * const project = await openProject(cwd);
 */
export async function openProject(cwd: string): Promise<Project> {
  const root = findProjectRoot(cwd);
  const files = createDiskTree(root);
  return { root, files, ...(await openSettings(root, files)) };
}

/** What a generator may know of the project; `now` is the moment of the command. */
export function createContext({ root, files, settings }: Project, now: Date): GeneratorContext {
  return {
    files,
    settings,
    templates: createTemplateSource(),
    formatter: createFormatter({ root, files, settings }),
    now,
  };
}
