import type { FileTree } from "./file-tree.js";
import { isSourceFile } from "./paths.js";
import { ProjectSources } from "./project-source.js";
import type { Settings } from "./settings.js";

/**
 * Which files declare which resources and domains, by name. Found by a scan of the text, so that a project of thousands
 * of resources costs a read each and no parsing; whoever uses an entry parses the file it points to.
 */
export interface ProjectIndex {
  readonly sources: ProjectSources;
  /** Paths of the files that declare a resource class of a name. */
  readonly resources: ReadonlyMap<string, readonly string[]>;
  /** Paths of the files that declare a domain of a name. */
  readonly domains: ReadonlyMap<string, readonly string[]>;
  /** Paths of the files that name a table. */
  readonly tables: ReadonlyMap<string, readonly string[]>;
  /** Paths of the files that create a repo. */
  readonly repos: readonly string[];
}

const resourceClass = /class\s+([A-Za-z_$][\w$]*)\s+extends\s+[\w$.]+\s*\(/g;
const tableProperty = /\btable\s*:\s*["'`]([\w.]+)["'`]/g;
const domainCall = /\(\s*["'`]([A-Za-z_$][\w$]*)["'`]\s*,/g;

/** Scans the source folder. */
export function indexProject(files: FileTree, settings: Settings): ProjectIndex {
  const resources = new Map<string, string[]>();
  const domains = new Map<string, string[]>();
  const tables = new Map<string, string[]>();
  const repos: string[] = [];
  for (const path of files.list(settings.source)) {
    if (!isSourceFile(path)) continue;
    const text = files.read(path) ?? "";
    if (text.includes("resource")) {
      addMatches(resources, text, resourceClass, path);
      addMatches(tables, text, tableProperty, path);
    }
    if (text.includes("domain")) addMatches(domains, text, domainCall, path);
    if (text.includes("createRepo")) repos.push(path);
  }
  return { sources: new ProjectSources(files), resources, domains, tables, repos };
}

function addMatches(index: Map<string, string[]>, text: string, pattern: RegExp, path: string): void {
  for (const [, name = ""] of text.matchAll(pattern)) {
    const paths = index.get(name) ?? [];
    if (!paths.includes(path)) index.set(name, [...paths, path]);
  }
}
