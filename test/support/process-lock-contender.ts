/**
 * Takes the lock in the given folder again and again. Inside, it checks that whoever was inside before has left or is
 * dead, and counts one up without any other protection.
 */
import { appendFileSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { acquireProcessLock, type ProcessLock } from "../../src/support/process-lock.js";
import { isAshlarError } from "../../src/support/problem.js";

const [folder = ".", handOvers = "1", mode = "release"] = process.argv.slice(2);
const inside = join(folder, "inside");
const counter = join(folder, "counter");

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function isRunning(pid: number): boolean {
  const stat = readText(`/proc/${pid}/stat`);
  return stat !== "" && !stat.slice(stat.lastIndexOf(")")).startsWith(") Z");
}

function replaceFile(path: string, text: string): void {
  writeFileSync(`${path}.${process.pid}`, text);
  renameSync(`${path}.${process.pid}`, path);
}

function tryAcquire(): ProcessLock | undefined {
  try {
    return acquireProcessLock(join(folder, "data.lock"), { purpose: "a contest" });
  } catch (error) {
    if (isAshlarError(error) && error.code === "lock.held") return undefined;
    throw error;
  }
}

function workInside(): number {
  const previous = Number(readText(inside));
  if (previous !== 0 && isRunning(previous))
    appendFileSync(join(folder, "violations"), `${process.pid} met ${previous}\n`);
  replaceFile(inside, String(process.pid));
  const count = Number(readText(counter)) + 1;
  replaceFile(counter, String(count));
  rmSync(inside, { force: true });
  return count;
}

if (mode === "hold") {
  tryAcquire();
  process.stdout.write("held\n");
  setInterval(() => {}, 1000);
} else if (mode === "exit") {
  tryAcquire();
} else {
  for (let count = 0; count < Number(handOvers);) {
    const lock = tryAcquire();
    if (lock !== undefined) count = workInside();
    lock?.release();
    await setTimeout(Math.random() * 2);
  }
}
