import type { ProofStep } from "./proof.js";

/** Writes down how long the steps of a proof take. */
export interface Stopwatch {
  readonly steps: readonly ProofStep[];
  add(what: string, milliseconds: number): void;
  measure<Result>(what: string, work: () => Promise<Result>): Promise<Result>;
}

export function createStopwatch(): Stopwatch {
  const steps: ProofStep[] = [];
  const add: Stopwatch["add"] = (what, milliseconds) => void steps.push({ what, milliseconds });
  return {
    steps,
    add,
    async measure(what, work) {
      const start = performance.now();
      const result = await work();
      add(what, performance.now() - start);
      return result;
    },
  };
}
