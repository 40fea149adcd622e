import type { DefaultActionsRequest } from "./actions-patch.js";
import type { AttributeReplacementRequest } from "./attribute-replacement.js";
import type { DomainRequest } from "./domain-patch.js";
import type { PatchOptions } from "./draft.js";
import type { ImportRequest } from "./import-edit.js";
import type { RelationshipsRequest } from "./relationships-patch.js";
import type { RepoRequest } from "./repo-patch.js";
import type { AttributesRequest, IdentitiesRequest } from "./section-patch.js";

type Request<Kind extends string, Whole> = { readonly kind: Kind } & Omit<Whole, keyof PatchOptions>;

/** One addition to a file, as data: what `applyPatches` takes. */
export type Patch =
  | Request<"import", ImportRequest>
  | Request<"relationships", RelationshipsRequest>
  | Request<"domainResource", DomainRequest>
  | Request<"repoDomain", RepoRequest>
  | Request<"attributes", AttributesRequest>
  | Request<"identities", IdentitiesRequest>
  | Request<"defaultActions", DefaultActionsRequest>
  | Request<"attributeReplacement", AttributeReplacementRequest>;

export type PatchKind = Patch["kind"];
