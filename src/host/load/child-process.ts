import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath, pathToFileURL } from "node:url";
import { failure, type AshlarError } from "../../support/problem.js";
import { findPackageRoot } from "../templates.js";
import type { LoadAnswer, LoadRequest } from "./protocol.js";

/** Modules that are still loading after this many milliseconds wait for something that will not come. */
const patience = 60_000;

/** As many of the last lines that a module printed as are shown where it ended the process. */
const shownLines = 5;

/** Modules are evaluated by Node's own linker, from sources that are made here. */
const nodeFlags = ["--experimental-vm-modules", "--no-warnings"];

/**
 * Has a process of its own do the loading, and ends it with the answer, whatever a module left running.
 *
 * @param limit how long it may take, in milliseconds
 * @throws AshlarError `project.load.ended`, `project.load.timeout`
 */
export async function askChild(request: LoadRequest, limit = patience): Promise<LoadAnswer> {
  const child = spawn(process.execPath, [...nodeFlags, ...findEntry()], {
    cwd: request.root,
    stdio: ["pipe", "ignore", "pipe", "pipe"],
  });
  const end = (): void => void child.kill("SIGKILL");
  process.once("exit", end);
  try {
    child.stdin?.on("error", () => undefined).write(`${JSON.stringify(request)}\n`);
    return await readAnswer(child, limit);
  } finally {
    process.off("exit", end);
    end();
    for (const stream of child.stdio) stream?.destroy();
  }
}

/** The bundle has an entry for it; sources, which only tests run, go through tsx. */
function findEntry(): readonly string[] {
  const own = fileURLToPath(import.meta.url);
  if (own.endsWith(".ts")) {
    const tsx = pathToFileURL(createRequire(own).resolve("tsx")).href;
    return ["--import", tsx, join(findPackageRoot(), "src/host/load/child/source-entry.ts")];
  }
  const loader = join(findPackageRoot(), "dist/cli/loader.cjs");
  return ["-e", `require(${JSON.stringify(loader)}).load("project").main()`];
}

async function readAnswer(child: ChildProcess, limit: number): Promise<LoadAnswer> {
  const printed = collect(child.stderr);
  // A pipe from the child to here, as it was spawned.
  const answer = collect(child.stdio[3] as Readable);
  if ((await waitForAnswer(child, limit)) === "timeout") throw createTimeoutError(limit);
  if (answer() === "") throw createEndedError(printed());
  return JSON.parse(answer());
}

function collect(stream: Readable | null): () => string {
  const chunks: Buffer[] = [];
  stream?.on("data", (chunk: Buffer) => void chunks.push(chunk));
  stream?.on("error", () => undefined);
  return () => Buffer.concat(chunks).toString("utf8");
}

/** The answer is one line. What a module started may hold the pipe open, so its end is not waited for. */
async function waitForAnswer(child: ChildProcess, limit: number): Promise<"answered" | "ended" | "timeout"> {
  const { promise, resolve, reject } = createDeferred<"answered" | "ended" | "timeout">();
  const timer = setTimeout(() => resolve("timeout"), limit);
  child.once("error", reject);
  child.once("exit", () => void setTimeout(() => resolve("ended"), drainTime));
  child.stdio[3]?.on("data", (chunk: Buffer) => {
    if (chunk.at(-1) === lineEnd) resolve("answered");
  });
  return promise.finally(() => clearTimeout(timer));
}

function createDeferred<Value>() {
  let resolve: (value: Value) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<Value>((onDone, onFailed) => {
    resolve = onDone;
    reject = onFailed;
  });
  return { promise, resolve, reject };
}

const lineEnd = 10;

/** What a process wrote just before it ended may arrive after the news of its end. */
const drainTime = 50;

function createTimeoutError(limit: number): AshlarError {
  return failure({
    code: "project.load.timeout",
    message: `The project's resources were not loaded after ${String(limit / 1000)} s.`,
    hint: "A module that they import waits for something, such as a connection: move that out of the module's top.",
  });
}

function createEndedError(printed: string): AshlarError {
  const lines = printed.trim().split("\n").slice(-shownLines).join("\n");
  return failure({
    code: "project.load.ended",
    message: "A module of the project ended the process before the resources were loaded.",
    hint: "Look for process.exit at the top of a module, such as one that asks for an environment variable.",
    ...(lines !== "" && { frame: lines }),
  });
}
