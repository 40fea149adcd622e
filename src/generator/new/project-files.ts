import type { NewProject } from "./new-project.js";

/** A file of a new project and the folder of its template below `templates/new`. */
export interface ProjectFile {
  readonly path: string;
  readonly folder: string;
}

/** The files that a new project gets by templates, in the order in which they are shown. */
export function listProjectFiles({ database, request }: NewProject): readonly ProjectFile[] {
  const isLocal = request.packages.ashlar.startsWith("file:");
  return [
    { path: "package.json", folder: "project" },
    ...(isLocal ? [{ path: ".npmrc", folder: "checkout" }] : []),
    { path: "tsconfig.json", folder: "project" },
    { path: "ashlar.config.json", folder: "project" },
    { path: "knexfile.ts", folder: database.kind },
    { path: ".gitignore", folder: "project" },
    { path: "README.md", folder: "project" },
    { path: "src/repo.ts", folder: "project" },
    { path: "test/test-repo.ts", folder: database.kind },
    { path: "test/schema.test.ts", folder: "project" },
    request.example
      ? { path: "test/accounts.test.ts", folder: "example" }
      : { path: "migrations/.gitkeep", folder: "empty" },
  ];
}
