import knexModule, { type Knex } from "knex";
import type { TestDatabase } from "../databases/engines.js";

/** Where a run was broken off. */
export interface BreakOff {
  /** The statement that was not sent any more. */
  readonly next: string;
}

class BrokenOff extends Error implements BreakOff {
  readonly next: string;

  constructor(next: string) {
    super(`broken off before: ${next}`);
    this.next = next;
  }
}

/**
 * Runs the work and breaks it off once it has sent so many statements; undefined where it ends before. As after a kill,
 * nothing more is sent but what undoes an open transaction.
 */
export async function breakOff(
  knex: Knex,
  count: number,
  work: () => Promise<void>,
): Promise<BreakOff | undefined> {
  let sent = 0;
  const stop = ({ sql }: { readonly sql: string }): void => {
    if (/^(commit|rollback)/i.test(sql)) return;
    if (sent === count) throw new BrokenOff(sql);
    sent += 1;
  };
  knex.on("query", stop);
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof BrokenOff) return error;
    throw error;
  } finally {
    knex.removeListener("query", stop);
  }
}

/**
 * Begins a statement that waits for those who write, while somebody does, and cancels it: an index CONCURRENTLY made or
 * dropped stays behind invalid. Gives how many invalid ones there are.
 */
export async function cancelWhileWaiting(database: TestDatabase, sql: string): Promise<number> {
  const { knex } = database;
  const tables = await knex("pg_class").whereRaw(isOwnTable).select(knex.raw("oid::regclass::text as name"));
  const writer = await knex.transaction();
  const impatient = knexModule.knex({
    client: "pg",
    connection: database.connection,
    pool: { min: 0, max: 1 },
  });
  try {
    for (const { name } of tables as { name: string }[]) {
      await writer.raw(`lock table ${escape(name)} in row exclusive mode`);
    }
    await impatient.raw("set statement_timeout = '100ms'");
    await impatient.raw(escape(sql)).catch(refuseOtherThanCancelled);
  } finally {
    await impatient.destroy();
    await writer.rollback();
  }
  return (await knex("pg_index").where({ indisvalid: false })).length;
}

const isOwnTable =
  "relkind = 'r' and relnamespace::regnamespace::text not in ('pg_catalog', 'information_schema')";

/** A question mark that Knex is to leave. */
function escape(sql: string): string {
  return sql.replaceAll("?", "\\?");
}

function refuseOtherThanCancelled(error: unknown): void {
  const wasCancelled = error instanceof Error && "code" in error && error.code === "57014";
  if (!wasCancelled) throw error;
}
