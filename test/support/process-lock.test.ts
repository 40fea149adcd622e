import { spawn, spawnSync, type ChildProcess, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { setTimeout } from "node:timers/promises";
import { rolldown } from "rolldown";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { isAshlarError, type AshlarError } from "../../src/support/problem.js";
import { acquireProcessLock } from "../../src/support/process-lock.js";
import { createLockHolder } from "../../src/support/process-lock-holder.js";

let programs: string;
let folder: string;
let path: string;
const children = new Set<ChildProcess>();

beforeAll(async () => {
  programs = mkdtempSync(join(tmpdir(), "ashlar-lock-program-"));
  const bundle = await rolldown({
    input: join(import.meta.dirname, "process-lock-contender.ts"),
    platform: "node",
  });
  await bundle.write({ file: join(programs, "contender.mjs") });
  await bundle.close();
});
afterAll(() => rmSync(programs, { recursive: true, force: true }));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ashlar-lock-"));
  path = join(folder, "data.lock");
});
afterEach(async () => {
  await Promise.all([...children].map(kill));
  rmSync(folder, { recursive: true, force: true });
});

function start(...args: readonly string[]): ChildProcessByStdio<null, Readable, null> {
  const child = spawn(process.execPath, [join(programs, "contender.mjs"), folder, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.add(child);
  child.once("exit", () => children.delete(child));
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

async function startHolder(): Promise<ChildProcess> {
  const child = start("1", "hold");
  await once(child.stdout, "data");
  return child;
}

function acquire() {
  return acquireProcessLock(path, { purpose: "a test" });
}

function refusal(): AshlarError {
  try {
    acquire().release();
  } catch (error) {
    if (isAshlarError(error)) return error;
    throw error;
  }
  throw new Error("the lock was given");
}

function read(name: string): string {
  try {
    return readFileSync(join(folder, name), "utf8");
  } catch {
    return "";
  }
}

describe("a process lock", () => {
  it("is held from acquiring to releasing, and leaves nothing behind", () => {
    const lock = acquire();
    expect(readdirSync(folder)).toEqual(["data.lock"]);
    expect(refusal().code).toBe("lock.held");
    lock.release();
    expect(readdirSync(folder)).toEqual([]);
    acquire().release();
  });

  it("is not taken from its next holder by a second release", () => {
    const first = acquire();
    first.release();
    const second = acquire();
    first.release();
    expect(refusal().code).toBe("lock.held");
    second.release();
  });

  it("names the process that holds it and how to end it", async () => {
    const holder = await startHolder();
    const error = refusal();
    expect(error.kind).toBe("failure");
    expect(error.problems[0]?.message).toMatch(
      new RegExp(
        `"${path}" is held by process ${holder.pid} on "${hostname()}" since \\d{4}-.*Z, for a contest \\(contender.mjs`,
      ),
    );
    expect(error.problems[0]?.hint).toContain(`kill ${holder.pid}`);
  });

  it("does not show a password that stands in the command", () => {
    const argv = process.argv;
    process.argv = ["node", "migrate", "postgres://me:secret@db/app"];
    const lock = acquire();
    process.argv = argv;
    expect(refusal().message).toContain("postgres://…@db/app");
    lock.release();
  });

  it("is released when its process ends by itself", async () => {
    await once(start("1", "exit"), "exit");
    expect(readdirSync(folder)).toEqual([]);
  });

  it("is recovered from a process that was killed", async () => {
    const holder = await startHolder();
    await kill(holder);
    expect(existsSync(path)).toBe(true);
    acquire().release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it("tells a later process of the same pid from its dead holder", () => {
    writeFileSync(path, JSON.stringify({ ...createLockHolder("a test"), processStart: "1" }));
    acquire().release();
  });

  it("is left alone where its holder cannot be judged", () => {
    const dead = { ...createLockHolder("a test"), pid: 2 ** 22 + 1 };
    for (const holder of [
      { ...dead, host: "elsewhere" },
      { ...dead, pidNamespace: "another" },
      { pid: 1 },
      "",
    ]) {
      writeFileSync(path, JSON.stringify(holder));
      expect(refusal().code).toBe("lock.held");
      expect(readFileSync(path, "utf8")).toBe(JSON.stringify(holder));
    }
    writeFileSync(path, JSON.stringify(dead));
    acquire().release();
  });

  it("says so where its file cannot be made", () => {
    path = join(folder, "missing", "data.lock");
    expect(refusal().code).toBe("lock.unwritable");
  });

  it.skipIf(process.platform === "win32")("leaves nothing behind where its file cannot be filled", () => {
    const command = `ulimit -f 0; exec "${process.execPath}" "${join(programs, "contender.mjs")}" "${folder}" 1 exit`;
    const { stderr } = spawnSync("sh", ["-c", command], { encoding: "utf8" });
    expect(stderr).toContain("EFBIG");
    expect(readdirSync(folder)).toEqual([]);
  });

  it("sweeps what killed processes left, and nothing else", () => {
    const [token, other] = [createLockHolder("").token, createLockHolder("").token];
    for (const name of [`.${token}.new`, `.${token}`, `.${token}.${other}.new`, ".bak", "-wal"]) {
      writeFileSync(`${path}${name}`, "");
    }
    acquire().release();
    expect(readdirSync(folder).sort()).toEqual(["data.lock-wal", "data.lock.bak"]);
  });

  it("is passed on thousands of times and never held twice", { timeout: 60_000 }, async () => {
    await Promise.all(["a", "b", "c", "d"].map(() => once(start("4000"), "exit")));
    expect(read("violations")).toBe("");
    expect(Number(read("counter"))).toBeGreaterThanOrEqual(4000);
    expect(Number(read("counter"))).toBeLessThan(4004);
  });

  it(
    "is recovered by exactly one of many while holders are killed at random",
    { timeout: 120_000 },
    async () => {
      let last = 0;
      for (let round = 0; round < 60; round += 1) {
        while (children.size < 5) start("1000000");
        await setTimeout(Math.random() * 120);
        const holder = Number(JSON.parse(read("data.lock") || "{}").pid);
        const victim = [...children].find((child) => child.pid === holder) ?? [...children][round % 5];
        if (victim !== undefined) await kill(victim);
        expect(Number(read("counter"))).toBeGreaterThanOrEqual(last);
        last = Number(read("counter"));
      }
      await Promise.all([...children].map(kill));
      expect(read("violations")).toBe("");
      expect(last).toBeGreaterThan(100);
      acquire().release();
      expect(readdirSync(folder).filter((name) => name.startsWith("data.lock"))).toEqual([]);
    },
  );
});
