import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isResource, type AnyResource, type Domain } from "../../src/runtime/index.js";

const runtime = fileURLToPath(new URL("../../src/runtime/index.ts", import.meta.url));

/** What the sources of a project declare. */
export interface LoadedProject {
  readonly resources: readonly AnyResource[];
  readonly domains: readonly Domain[];
}

/** Writes the files of a project into a folder and runs its sources, except the one that connects to a database. */
export async function loadProject(
  folder: string,
  files: Readonly<Record<string, string>>,
): Promise<LoadedProject> {
  const sources = Object.keys(files).filter((path) => path.startsWith("src/") && path !== "src/repo.ts");
  for (const path of sources) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), (files[path] ?? "").replace(`from "ashlar"`, `from "${runtime}"`));
  }
  const values: unknown[] = [];
  for (const path of sources) {
    const module = (await import(/* @vite-ignore */ join(folder, path))) as Record<string, unknown>;
    values.push(...Object.values(module));
  }
  return { resources: values.filter(isResource), domains: values.filter(isDomain) };
}

function isDomain(value: unknown): value is Domain {
  return typeof value === "object" && value !== null && "resources" in value;
}
