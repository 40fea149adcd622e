import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TemplateSource } from "../generator/context.js";
import { isSystemError } from "./system-error.js";

/**
 * The templates that ship with the package, wherever this code runs from: its sources or the bundle.
 *
 * @example
 * createTemplateSource().read("resource/resource.ts.ejs");
 */
export function createTemplateSource(folder = join(findPackageRoot(), "templates")): TemplateSource {
  return { read: (path) => readTemplate(join(folder, path)) };
}

/** The folder of the ashlar package that this code is a part of. */
export function findPackageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!isPackageRoot(folder)) {
    if (dirname(folder) === folder) throw new Error("No package.json of ashlar above its own code.");
    folder = dirname(folder);
  }
  return folder;
}

function isPackageRoot(folder: string): boolean {
  const manifest = join(folder, "package.json");
  if (!existsSync(manifest)) return false;
  const { name }: { readonly name?: unknown } = JSON.parse(readFileSync(manifest, "utf8"));
  return name === "ashlar";
}

function readTemplate(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (isSystemError(error, "ENOENT")) return undefined;
    throw error;
  }
}
