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
  /** What to type where a patch meets something else, by the codes of the problems. */
  readonly hints?: Readonly<Record<string, string>>;
}

/** Stages patches of a file behind the imports that they take; what the file itself declares is not imported. */
export function stagePatches(
  staging: Staging,
  { path, builders, needed, patches, hints }: FilePatch,
  settings: GeneratorContext["settings"],
): void {
  const text = staging.read(path) ?? "";
  const files = needed
    .filter((need) => need.path !== path)
    .map(({ name, path: to, isDefault }): Patch => {
      const reexport = { name: isDefault ? "default" : name, files: staging };
      const specifier = findImportSpecifier({ text, from: path, to, settings, reexport });
      return { kind: "import", name, specifier, ...(isDefault && { isDefault }) };
    });
  const ashlar = builders.map((name): Patch => ({ kind: "import", name, specifier: "ashlar" }));
  staging.patch(path, [...ashlar, ...files, ...patches], hints);
}
