import type { Client } from "pg";
import type { ContenderHost } from "./contender-host.js";
import type { ContenderName } from "./contenders.js";
import { type DataSize, listAbsentPairs, removePairs } from "./data-set.js";
import { type Job, pairOffsets, type Sample } from "./job.js";

/** The operations that are compared, in the order of the table. */
export const comparedOperations = ["load", "append", "bulk"] as const;

export type ComparedOperation = (typeof comparedOperations)[number];

/** What one contender took for one operation in one round. */
export interface Measurement {
  readonly contender: ContenderName;
  readonly operation: ComparedOperation;
  readonly round: number;
  readonly sample: Sample;
}

/** What is compared, and where. */
export interface Comparison {
  readonly hosts: readonly ContenderHost[];
  /** Takes away what was written, outside the measured time. */
  readonly client: Client;
  readonly size: DataSize;
}

const jobs: Record<ComparedOperation, Job> = {
  load: { operation: "load", count: 1000, repetitions: 5 },
  append: { operation: "append", count: 300, repetitions: 1 },
  bulk: { operation: "bulk", count: 10_000, repetitions: 1 },
};

/** Before the first round: enough for the compiler of the engine to have settled. */
const warmUpRounds = 3;

/**
 * Lets the contenders do each operation once a round, one after the other, each round beginning with the next of them.
 */
export async function compare(comparison: Comparison, rounds: number): Promise<Measurement[]> {
  for (let round = 0; round < warmUpRounds; round++) await runRound(comparison, round);
  const measurements: Measurement[] = [];
  for (let round = 0; round < rounds; round++) measurements.push(...(await runRound(comparison, round)));
  return measurements;
}

async function runRound(comparison: Comparison, round: number): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  const first = round % comparison.hosts.length;
  const hosts = [...comparison.hosts.slice(first), ...comparison.hosts.slice(0, first)];
  for (const operation of comparedOperations) {
    for (const host of hosts) {
      const sample = await host.run(jobs[operation]);
      measurements.push({ contender: host.name, operation, round, sample });
      await undo(comparison, operation, host.name);
    }
  }
  return measurements;
}

/** Takes away what an operation wrote; throws where that was not all. */
async function undo(
  { client, size }: Comparison,
  operation: ComparedOperation,
  contender: ContenderName,
): Promise<void> {
  if (operation === "load") return;
  const pairs = listAbsentPairs(size, jobs[operation].count, pairOffsets[operation]);
  const written = await removePairs(client, pairs);
  if (written !== pairs.length) throw new Error(`${contender} wrote ${written} rows, not ${pairs.length}`);
}
