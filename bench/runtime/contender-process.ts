/** A contender in a process of its own: does the jobs that it is sent, and ends when its parent lets go. */
import type { LoadedUser } from "./contender.js";
import { loadContender } from "./contenders.js";
import { checkUsers, listAbsentPairs } from "./data-set.js";
import { type Assignment, type Job, type Operation, pairOffsets, type Reply, type Sample } from "./job.js";
import { countStatements, takeStatementCount } from "./statement-count.js";
import { findMedian } from "./statistics.js";

/** What a job comes to. */
interface Work {
  /** Timed, each by itself. */
  readonly steps: readonly (() => Promise<unknown>)[];
  /** Not timed: throws where the last step gave something wrong. */
  check?(): void;
}

const { contender: name, connection, size } = JSON.parse(process.argv[2] ?? "") as Assignment;
countStatements();
const openContender = await loadContender(name);
const contender = openContender(connection);

const preparations: Record<Operation, (job: Job) => Work | Promise<Work>> = {
  load: prepareLoad,
  append: async ({ count }) => ({
    steps: await contender.prepareAppends(listAbsentPairs(size, count, pairOffsets.append)),
  }),
  bulk({ count }) {
    const pairs = listAbsentPairs(size, count, pairOffsets.bulk);
    return { steps: [() => contender.insertPairs(pairs)] };
  },
  stream: ({ count }) => ({ steps: [() => drainStream(count)] }),
};

process.on("message", (job: Job) => void reply(job));
process.on("disconnect", () => void contender.close());
process.send?.("ready");

async function reply(job: Job): Promise<void> {
  const answer: Reply = await perform(job).then(
    (sample) => ({ sample }),
    (error: unknown) => ({ problem: error instanceof Error ? String(error.stack) : String(error) }),
  );
  process.send?.(answer);
}

async function perform(job: Job): Promise<Sample> {
  const { steps, check } = await preparations[job.operation](job);
  takeStatementCount();
  const times: number[] = [];
  for (const step of steps) times.push(await timeStep(step));
  const statements = takeStatementCount() / steps.length;
  check?.();
  return {
    milliseconds: findMedian(times),
    statements,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  };
}

async function timeStep(step: () => Promise<unknown>): Promise<number> {
  const start = process.hrtime.bigint();
  await step();
  return Number(process.hrtime.bigint() - start) / 1e6;
}

function prepareLoad({ count, repetitions }: Job): Work {
  let users: readonly LoadedUser[] = [];
  const step = async (): Promise<void> => {
    users = await contender.load(count);
  };
  return {
    steps: Array.from({ length: repetitions }, () => step),
    check: () => checkUsers(users, count, size),
  };
}

async function drainStream(expected: number): Promise<void> {
  if (contender.stream === undefined) throw new Error(`${name} has no stream`);
  let count = 0;
  for await (const _ of contender.stream()) count += 1;
  if (count !== expected) throw new Error(`${expected} records were to come, ${count} came`);
}
