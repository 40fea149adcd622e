import type { ProofStep } from "./proof.js";

/** Writes down how long the steps of a proof take. */
export interface Stopwatch {
  readonly steps: readonly ProofStep[];
  /** Adds a step of all the time so far that is in none. */
  addRest(what: string): void;
  measure<Result>(what: string, work: () => Promise<Result>): Promise<Result>;
}

export function createStopwatch(): Stopwatch {
  const started = performance.now();
  const steps: ProofStep[] = [];
  return {
    steps,
    addRest(what) {
      const told = steps.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
      steps.push({ what, milliseconds: performance.now() - started - told });
    },
    async measure(what, work) {
      const start = performance.now();
      const result = await work();
      steps.push({ what, milliseconds: performance.now() - start });
      return result;
    },
  };
}
