/**
 * Writes a plan, or recovers, and kills itself after a given step. Run as a program of its own:
 * `node killed-process.mjs apply|create|recover|disturb <root> <step, 0 for none> [sleep]`; prints the steps taken and the
 * codes of the problems met.
 * `disturb` is a write during which someone else makes a file of the plan; with `sleep` it stays at the step, alive.
 */
import { writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { recover } from "../../../src/host/recovery.js";
import { isAshlarError } from "../../../src/support/problem.js";
import { applyPlan } from "../../../src/host/writer.js";
import { create, foreignFile, planOf, wholePlan } from "./plans.js";

const [, , action, root = "", last = "0", sleep] = process.argv;
let taken = 0;

function onStep(step: string): void {
  if (action === "disturb" && step === "place src/accounts/accounts.ts") {
    writeFileSync(join(root, foreignFile.path), foreignFile.text);
  }
  taken += 1;
  if (taken !== Number(last)) return;
  if (sleep === undefined) process.kill(process.pid, "SIGKILL");
  writeSync(1, "asleep\n");
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

function act(): void {
  if (action === "recover") recover(root, { onStep });
  else if (action === "create") applyPlan(root, planOf(create("package.json", "{}")), { onStep });
  else applyPlan(root, wholePlan, { onStep });
}

try {
  act();
  writeSync(1, JSON.stringify({ steps: taken, codes: [] }));
} catch (error) {
  if (!isAshlarError(error)) throw error;
  writeSync(1, JSON.stringify({ steps: taken, codes: error.problems.map((problem) => problem.code) }));
}
