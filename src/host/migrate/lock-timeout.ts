import { setTimeout } from "node:timers/promises";
import type { Knex } from "knex";

/** A migration that waited too long for a lock and will be run again. */
export interface LockRetry {
  readonly name: string;
  /** Until then, in milliseconds. */
  readonly pause: number;
  /** How many more times it will be tried. */
  readonly left: number;
  /** The transaction that has been open longest, which is likely the one to wait for. */
  readonly blocker?: string;
}

/** Longer each time: whoever holds the lock needs it, and whoever waits behind us needs a turn. */
const pauses = [1, 2, 4, 8];
const shareOfTimeout = 0.2;

/**
 * Runs a migration that leaves nothing behind, or what it can go on from, again where it gave up waiting for a lock; at most four times, after pauses that
 * grow, the first a fifth of the lock timeout.
 */
export async function retryOnLockTimeout<Result>(
  attempt: () => Promise<Result>,
  options: {
    readonly lockTimeout: number;
    readonly tell: (retry: Pick<LockRetry, "pause" | "left">) => Promise<void>;
  },
): Promise<Result> {
  for (const [index, factor] of pauses.entries()) {
    try {
      return await attempt();
    } catch (error) {
      if (!isLockTimeout(error)) throw error;
      const pause = Math.round(factor * shareOfTimeout * options.lockTimeout);
      await options.tell({ pause, left: pauses.length - index });
      await setTimeout(pause);
    }
  }
  return attempt();
}

/** Did PostgreSQL give up waiting for a lock? */
export function isLockTimeout(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "55P03";
}

/** Who has a transaction open on this PostgreSQL database, the longest. */
export async function findBlocker(knex: Knex): Promise<string | undefined> {
  const { rows }: { rows: readonly BlockerRow[] } = await knex.raw(
    `select pid, application_name as name, state, extract(epoch from now() - xact_start)::int as seconds
     from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
       and xact_start is not null
     order by xact_start limit 1`,
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  const name = row.name === "" ? "" : ` (${row.name})`;
  return `PostgreSQL's process ${row.pid}${name}, ${row.state}, in a transaction for ${row.seconds} s`;
}

interface BlockerRow {
  readonly pid: number;
  readonly name: string;
  readonly state: string;
  readonly seconds: number;
}
