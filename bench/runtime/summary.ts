import { type ComparedOperation, comparedOperations, type Measurement } from "./comparison.js";
import type { ContenderName } from "./contenders.js";
import { findMedian } from "./statistics.js";

/** One contender at one operation: medians over the rounds. */
export interface OperationSummary {
  readonly milliseconds: number;
  /** Of each round's time to that of `pg` in the same round. */
  readonly ratio: number;
  readonly statements: number;
}

/** A line of the table. */
export interface ContenderSummary {
  readonly contender: ContenderName;
  readonly operations: Readonly<Record<ComparedOperation, OperationSummary>>;
  readonly peakMegabytes: number;
}

/** Sums up what was measured of a contender. */
export function summarize(measurements: readonly Measurement[], contender: ContenderName): ContenderSummary {
  const own = measurements.filter((measurement) => measurement.contender === contender);
  const base = measurements.filter((measurement) => measurement.contender === "pg");
  const operations = comparedOperations.map((operation) => [
    operation,
    summarizeOperation(pickSamples(own, operation), pickSamples(base, operation)),
  ]);
  return {
    contender,
    operations: Object.fromEntries(operations) as ContenderSummary["operations"],
    peakMegabytes: Math.max(...own.map(({ sample }) => sample.peakMegabytes)),
  };
}

type Samples = readonly Measurement["sample"][];

/** In the order of the rounds. */
function pickSamples(measurements: readonly Measurement[], operation: ComparedOperation): Samples {
  return measurements
    .filter((measurement) => measurement.operation === operation)
    .map(({ sample }) => sample);
}

function summarizeOperation(own: Samples, base: Samples): OperationSummary {
  const ratios = own.map(
    ({ milliseconds }, round) => milliseconds / (base[round]?.milliseconds ?? Number.NaN),
  );
  return {
    milliseconds: findMedian(own.map(({ milliseconds }) => milliseconds)),
    ratio: findMedian(ratios),
    statements: Math.max(...own.map(({ statements }) => statements)),
  };
}
