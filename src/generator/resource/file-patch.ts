import type { GeneratorContext } from "../context.js";
import { findImportSpecifier } from "../patch/import-specifier.js";
import type { Patch } from "../patch/patch.js";
import type { ResourceReference } from "../spec.js";
import type { Staging } from "../staging.js";

/** A declaration of the project that a file is to import. */
export type Needed = Pick<ResourceReference, "name" | "path" | "isDefault">;

/** What a patch stands on. */
export interface FilePatch {
  readonly path: string;
  /** Names of ashlar's own. */
  readonly builders: readonly string[];
  readonly needed: readonly Needed[];
  readonly patches: readonly Patch[];
}

/** Stages patches of a file behind the imports that they take; what the file itself declares is not imported. */
export function stagePatches(
  staging: Staging,
  { path, builders, needed, patches }: FilePatch,
  settings: GeneratorContext["settings"],
): void {
  const text = staging.read(path) ?? "";
  const files = needed
    .filter((need) => need.path !== path)
    .map(({ name, path: to, isDefault }): Patch => {
      const specifier = findImportSpecifier({ text, from: path, to, settings });
      return { kind: "import", name, specifier, ...(isDefault && { isDefault }) };
    });
  const ashlar = builders.map((name): Patch => ({ kind: "import", name, specifier: "ashlar" }));
  staging.patch(path, [...ashlar, ...files, ...patches]);
}
