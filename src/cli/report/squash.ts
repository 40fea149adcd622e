import type { Comparison } from "../../host/prove/compare-chains.js";
import type { Proof } from "../../host/prove/proof.js";
import type { Extras } from "../generate.js";
import type { Terminal } from "../terminal.js";
import { renderProof } from "./migration-plan.js";

export interface TriedSquash {
  readonly proof: Proof;
  readonly comparison: Comparison;
  /** How many migrations it takes the place of. */
  readonly count: number;
}

/** What the proof of a squash saw, and how it compares with what it replaces, for people and for programs. */
export function renderSquashExtras({ proof, comparison, count }: TriedSquash, { data }: Terminal): Extras {
  const { green } = data.colors;
  const isSame = comparison.kind === "compared" && comparison.differences.length === 0;
  const same = `${green("compared".padStart(10))}  with what the ${count} migrations lead to: the same schema and rows\n\n`;
  return {
    text: renderProof(proof, data.colors) + (isSame ? same : ""),
    json: { proof, comparison },
    isPending: false,
  };
}
