import { spawn } from "node:child_process";
import { join } from "node:path";
import type { TestDatabase } from "../../databases/engines.js";

export interface Outcome {
  readonly done: number;
  readonly failed: readonly string[];
}

/** Runs two processes on one database, this many transactions each; gives what each of them says at its end. */
export function runContenders({ kind, connection }: TestDatabase, count: number): Promise<Outcome[]> {
  return Promise.all(
    [0, 1].map((contender) =>
      runContender([String(contender), String(count), kind, JSON.stringify(connection)]),
    ),
  );
}

function runContender(words: readonly string[]): Promise<Outcome> {
  const script = join(import.meta.dirname, "contender.ts");
  const child = spawn(process.execPath, ["--import", "tsx", script, ...words], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0
        ? resolve(JSON.parse(said) as Outcome)
        : reject(new Error(`The contender ended with ${String(code)}.`)),
    );
  });
}
