import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { buildProgram } from "./build-program.js";
import type { ContenderName } from "./contenders.js";
import type { Assignment, Job, Reply, Sample } from "./job.js";

const program = await buildProgram();

/** A contender at work in a process of its own. */
export interface ContenderHost {
  readonly name: ContenderName;
  /** Does a job; throws what the contender threw, and where its result is wrong. */
  run(job: Job): Promise<Sample>;
  /** Closes its connections and waits for its end. */
  stop(): Promise<void>;
}

/** Starts a contender's process; its end before it is ready is an error. */
export async function startContender(assignment: Assignment): Promise<ContenderHost> {
  const name = assignment.contender;
  const child = fork(program, [JSON.stringify(assignment)], { execArgv: [] });
  await receive(child, name);
  return {
    name,
    async run(job) {
      const answer = receive(child, name);
      child.send(job);
      return readSample((await answer) as Reply, name);
    },
    async stop() {
      if (!child.connected) return;
      const end = once(child, "exit");
      child.disconnect();
      await end;
    },
  };
}

/** The next message, or an error where the process ends before it. */
async function receive(child: ChildProcess, name: string): Promise<unknown> {
  const settled = new AbortController();
  const { signal } = settled;
  const end = once(child, "exit", { signal }).then(([code]) => {
    throw new Error(`The process of ${name} ended with ${String(code)}`);
  });
  try {
    const [message] = (await Promise.race([once(child, "message", { signal }), end])) as [unknown];
    return message;
  } finally {
    settled.abort();
  }
}

function readSample(reply: Reply, name: string): Sample {
  if ("problem" in reply) throw new Error(`${name}: ${reply.problem}`);
  return reply.sample;
}
