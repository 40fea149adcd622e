/**
 * What the runtime costs beside `pg` written by hand and beside its peers, on one real PostgreSQL in one run:
 *
 *     npm run bench:runtime -- [--rounds 11] [--contenders ashlar,knex] [--parts compare,stream,growth]
 *
 * Each contender runs in a process of its own; rounds are interleaved, and a ratio is the median of each round's time to
 * that of `pg` in the same round, so that a busy machine weighs on all of them alike. Results are checked outside the
 * measured time. Memory is that of the whole process.
 */
import { type PostgresServer, startPostgres } from "../test/databases/postgres-server.js";
import { compare } from "./runtime/comparison.js";
import type { ContenderName } from "./runtime/contenders.js";
import { createReadings, type DataSize } from "./runtime/data-set.js";
import { type Growth, measureGrowth } from "./runtime/growth.js";
import { type BenchOptions, type BenchPart, readOptions } from "./runtime/options.js";
import { useHosts, usePlace } from "./runtime/place.js";
import { renderComparison, renderGrowth, renderStream } from "./runtime/report.js";
import { summarize } from "./runtime/summary.js";

const comparedSize: DataSize = { users: 10_000, tasks: 10_000, tasksPerUser: 10 };

/** Few tasks a user, so that 100,000 users fit in memory with them. */
const grownSize: DataSize = { users: 100_000, tasks: 10_000, tasksPerUser: 3 };

const emptySize: DataSize = { users: 0, tasks: 0, tasksPerUser: 0 };

const streamedRows = 1_000_000;

const benches: Record<BenchPart, (server: PostgresServer, options: BenchOptions) => Promise<void>> = {
  compare: benchComparison,
  stream: benchStream,
  growth: benchGrowth,
};

const options = readOptions(process.argv.slice(2));
const server = await startPostgres();
try {
  for (const part of options.parts) await benches[part](server, options);
} finally {
  await server.stop();
}

async function benchComparison(server: PostgresServer, { contenders, rounds }: BenchOptions): Promise<void> {
  console.log(
    "1,000 users loaded with 10 tasks each; one task appended to one user; 10,000 join rows written",
  );
  console.log(
    `median of ${rounds} rounds, Node ${process.version}; kysely leaves dates within JSON as text\n`,
  );
  await usePlace(server, comparedSize, (place) =>
    useHosts(place, contenders, async (hosts) => {
      const measurements = await compare({ hosts, ...place }, rounds);
      console.log(renderComparison(contenders.map((contender) => summarize(measurements, contender))));
    }),
  );
}

async function benchStream(server: PostgresServer, { contenders }: BenchOptions): Promise<void> {
  console.log("\nall rows of a table, one by one\n");
  await usePlace(server, emptySize, async (place) => {
    await createReadings(place.client, streamedRows);
    for (const contender of pickOurs(contenders)) {
      await useHosts(place, [contender], async ([host]) => {
        const sample = await host?.run({ operation: "stream", count: streamedRows, repetitions: 1 });
        if (sample !== undefined) console.log(renderStream(contender, streamedRows, sample));
      });
    }
  });
}

async function benchGrowth(server: PostgresServer, { contenders }: BenchOptions): Promise<void> {
  console.log("\nusers with 3 tasks each: time for one of so many\n");
  await usePlace(server, grownSize, async (place) => {
    const growths: Growth[] = [];
    for (const contender of pickOurs(contenders)) {
      await useHosts(place, [contender], async (hosts) => {
        for (const host of hosts) growths.push(await measureGrowth(host));
      });
    }
    console.log(renderGrowth(growths));
  });
}

/** The peers stop at 65,535 bindings, or have no stream without another package. */
function pickOurs(contenders: readonly ContenderName[]): ContenderName[] {
  return contenders.filter((name) => name === "pg" || name === "ashlar");
}
