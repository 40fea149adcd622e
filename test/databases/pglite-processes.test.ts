import { spawn, type ChildProcess, type ChildProcessByStdio } from "node:child_process";
import type { Readable } from "node:stream";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import knexModule, { type Knex } from "knex";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PgliteClient } from "../../src/databases/pglite.js";
import { isAshlarError, type AshlarError } from "../../src/support/problem.js";
import { databaseTimeout } from "./engines.js";

type TalkingProcess = ChildProcessByStdio<null, Readable, null>;

let root: string;
let dataDir: string;
const children = new Set<ChildProcess>();
const connections = new Set<Knex>();

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "ashlar-pglite-"));
  dataDir = join(root, "data");
});
afterEach(async () => {
  await Promise.all([...children].map(kill));
  await Promise.all([...connections].map((knex) => knex.destroy()));
  connections.clear();
  rmSync(root, { recursive: true, force: true });
});

function open(folder = dataDir): Knex {
  const knex = knexModule.knex({
    client: PgliteClient,
    connection: { dataDir: folder },
    log: { warn() {} },
  });
  connections.add(knex);
  return knex;
}

function start(...args: readonly string[]): TalkingProcess {
  const script = join(import.meta.dirname, "pglite-process.ts");
  const child = spawn(process.execPath, ["--import", "tsx", script, dataDir, ...args], {
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

/** The ids that the child told until it ended or had told `enough`. */
async function readIds(child: TalkingProcess, enough = Infinity): Promise<number[]> {
  const ids: number[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    if (line !== "open") ids.push(Number(line));
    if (ids.length >= enough) break;
  }
  return ids;
}

async function refusal(knex: Knex): Promise<AshlarError> {
  const error: unknown = await knex.raw("select 1").then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!isAshlarError(error)) throw new Error("the database was opened");
  return error;
}

describe("a PGlite folder and several processes", { timeout: databaseTimeout }, () => {
  it("refuses a second process and names the one that has it", async () => {
    const holder = start("1", "stay");
    expect(await readIds(holder, 1)).toEqual([1]);
    const error = await refusal(open());
    expect(error.code).toBe("database.locked");
    expect(error.message).toContain(`process ${holder.pid}`);
    expect(error.message).toContain(`the database in "${dataDir}" (pglite-process.ts`);
    expect(error.problems[0]?.hint).toContain(`kill ${holder.pid}`);
  });

  it("refuses it under another name of the folder too", async () => {
    const first = open();
    await first.raw("select 1");
    symlinkSync(dataDir, join(root, "link"));
    expect((await refusal(open(join(root, "link")))).code).toBe("database.locked");
    expect((await refusal(open(`file://${dataDir}/`))).message).toContain("this process");
    await first.destroy();
    await open(join(root, "link")).raw("select 1");
  });

  it("is recovered from a process that was killed, with every row it had told", async () => {
    const killed = start("100000");
    const told = await readIds(killed, 50);
    await kill(killed);
    expect(existsSync(`${dataDir}.lock`)).toBe(true);
    const stored: number[] = await open()("entries").orderBy("id").pluck("id");
    expect(stored).toEqual(expect.arrayContaining(told));
    expect(stored).toEqual(stored.map((_, index) => index + 1));
  });

  it("loses no row where processes take turns, some of them killed", async () => {
    const killed = start("100000");
    const told = await readIds(killed, 10);
    const others = [start("20"), start("20"), start("20")];
    await kill(killed);
    const lists = await Promise.all(others.map((child) => readIds(child)));
    const stored: number[] = await open()("entries").orderBy("id").pluck("id");
    expect(lists.map((list) => list.length)).toEqual([20, 20, 20]);
    expect(stored).toEqual(expect.arrayContaining([...told, ...lists.flat()]));
    expect(new Set(stored).size).toBe(stored.length);
  });

  it("is given free by destroy, and by the end of the process", async () => {
    const knex = open();
    await knex.raw("select 1");
    await knex.destroy();
    expect(readdirSync(root)).toEqual(["data"]);
    await once(start("1"), "exit");
    expect(readdirSync(root)).toEqual(["data"]);
  });

  it.each(["ashlar-first-start", "PG_VERSION"])(
    "starts anew where its first start ended at %s",
    async (file) => {
      const child = start("0", "stay");
      while (!existsSync(join(dataDir, file))) await setTimeout(1);
      await kill(child);
      expect(existsSync(join(dataDir, "ashlar-first-start"))).toBe(true);
      const knex = open();
      await knex.raw("create table whole ()");
      await knex.destroy();
      expect(existsSync(join(dataDir, "ashlar-first-start"))).toBe(false);
      expect(await open().schema.hasTable("whole")).toBe(true);
    },
  );
});
