import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rolldown } from "rolldown";

export type Action = "apply" | "create" | "recover" | "disturb";

export interface RunResult {
  readonly wasKilled: boolean;
  /** What it took where it ended by itself. */
  readonly steps: number;
  /** Of the problems that it ended with. */
  readonly codes: readonly string[];
}

export interface KillableProgram {
  /** Runs it until it ends or, where that is not 0, kills itself after a step. */
  run(action: Action, root: string, lastStep: number, options?: { uid?: number }): RunResult;
  /** Runs it until it has taken the steps, and leaves it there, alive. */
  start(action: Action, root: string, lastStep: number): Promise<ChildProcess>;
  remove(): void;
}

/** `killed-process.ts` as one file of plain JavaScript, which starts in a tenth of the time. */
export async function buildKillableProgram(): Promise<KillableProgram> {
  const folder = mkdtempSync(join(tmpdir(), "ashlar-killed-"));
  chmodSync(folder, 0o755);
  const file = join(folder, "killed-process.mjs");
  const build = await rolldown({ input: join(import.meta.dirname, "killed-process.ts"), platform: "node" });
  await build.write({ file, format: "esm" });
  await build.close();
  return {
    run(action, root, lastStep, { uid }: { uid?: number } = {}) {
      const args = [file, action, root, String(lastStep)];
      const user = uid === undefined ? {} : { uid, gid: uid };
      const { signal, stdout, stderr } = spawnSync(process.execPath, args, {
        encoding: "utf8",
        cwd: "/",
        ...user,
      });
      if (signal === "SIGKILL") return { wasKilled: true, steps: lastStep, codes: [] };
      if (stderr !== "") throw new Error(stderr);
      return { wasKilled: false, ...(JSON.parse(stdout) as Omit<RunResult, "wasKilled">) };
    },
    async start(action, root, lastStep) {
      const args = [file, action, root, String(lastStep), "sleep"];
      const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
      await once(child.stdout, "data");
      return child;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
