import type { GeneratorContext } from "../context.js";
import { findImportSpecifier } from "../patch/import-specifier.js";
import type { ResourceReference } from "../spec.js";

/** The line that imports a resource; `sample` is a file of the same folder that shows how others do it. */
export function renderImport(
  { name, path, isDefault }: ResourceReference,
  from: string,
  sample: string,
  { settings }: GeneratorContext,
): string {
  const specifier = findImportSpecifier({ text: sample, from, to: path, settings });
  return `import ${isDefault ? name : `{ ${name} }`} from "${specifier}";`;
}
