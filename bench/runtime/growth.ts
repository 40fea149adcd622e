import type { ContenderHost } from "./contender-host.js";
import type { ContenderName } from "./contenders.js";

/** How many users are loaded with their tasks. */
export const parentCounts = [1000, 10_000, 100_000] as const;

/** What one parent took, in microseconds, for each of the counts. */
export interface Growth {
  readonly contender: ContenderName;
  readonly timesPerParent: readonly number[];
}

const repetitions = 5;

/** Loads more and more parents: a time per parent that rises with their number grows faster than the rows do. */
export async function measureGrowth(host: ContenderHost): Promise<Growth> {
  await host.run({ operation: "load", count: 1000, repetitions: 3 * repetitions });
  const timesPerParent: number[] = [];
  for (const count of parentCounts) {
    const { milliseconds } = await host.run({ operation: "load", count, repetitions });
    timesPerParent.push((milliseconds * 1000) / count);
  }
  return { contender: host.name, timesPerParent };
}
