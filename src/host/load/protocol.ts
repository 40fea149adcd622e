import type { Description } from "../../migrations/describe.js";
import type { Findings } from "../../generator/check/findings.js";
import type { Notice } from "../../generator/plan.js";
import type { Problem } from "../../support/problem.js";

/** What the child process is asked, as one line of JSON on its standard input. */
export interface LoadRequest {
  /** The project's root, absolute. */
  readonly root: string;
  /** The modules that declare domains, absolute. */
  readonly modules: readonly string[];
  /** Aliases of the tsconfig: pattern to target patterns relative to the root. */
  readonly paths: Readonly<Record<string, readonly string[]>>;
}

/** A resource of the project and the file that declares its class. */
export interface LoadedResource {
  readonly name: string;
  /** The table's key in the snapshot. */
  readonly table: string;
  /** Relative to the root. */
  readonly path: string;
}

/** What the project's domains say. */
export interface ProjectDescription {
  /** Empty where problems stand in the way. */
  readonly description: Description;
  readonly resources: readonly LoadedResource[];
  /** What is wrong in the definitions, each with its fix. */
  readonly problems: readonly Problem[];
  /** Where the two ends of a relationship do not agree, or one is not there. Nothing that keeps them from working. */
  readonly ends: Findings;
  /** What is worth knowing besides, such as that there are no domains. */
  readonly notices: readonly Notice[];
}

/** The answer of the child process, as JSON: a `Description` whose map is a list. */
export type LoadAnswer =
  | { readonly kind: "failed"; readonly problems: readonly Problem[] }
  | {
      readonly kind: "loaded";
      readonly tables: readonly (readonly [string, TableOf<Description>])[];
      readonly renames: Description["renames"];
      readonly resources: readonly LoadedResource[];
      readonly problems: readonly Problem[];
      readonly ends: Findings;
    };

type TableOf<Described extends Description> =
  Described["snapshot"] extends ReadonlyMap<string, infer Table> ? Table : never;
