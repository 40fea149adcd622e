import type { ImportRequest } from "./import-edit.js";
import type { Entry } from "./entries.js";

/** One addition to a file, as data: what `applyPatches` takes. */
export type Patch =
  | ({ readonly kind: "import" } & ImportRequest)
  | { readonly kind: "relationships"; readonly className: string; readonly entries: readonly Entry[] }
  | { readonly kind: "domainResource"; readonly domain: string; readonly resource: string };

export type PatchKind = Patch["kind"];
