import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { rolldown } from "rolldown";

/** Processes of their own that call `migrate` or `rollback`, made to be killed: they are bundled, so they start soon. */
export interface KillableProcesses {
  /** Runs one and kills it so long after it began to work, in milliseconds; if it ends before, so be it. */
  kill(call: string, options: object, after: number): Promise<void>;
  /** Runs one to its end and gives how long its work took, in milliseconds. */
  measure(call: string, options: object): Promise<number>;
  remove(): void;
}

export async function bundleMigrator(): Promise<KillableProcesses> {
  const folder = mkdtempSync(join(tmpdir(), "ashlar-killable-"));
  const file = join(folder, "migrator.mjs");
  const bundle = await rolldown({
    input: join(import.meta.dirname, "../../../src/host/migrate/migrator.ts"),
    platform: "node",
    logLevel: "silent",
  });
  await bundle.write({ file, format: "esm", codeSplitting: false });
  const start = (call: string, options: object): Promise<ChildProcess> => startWork(file, call, options);
  return {
    async kill(call, options, after) {
      const child = await start(call, options);
      const ended = once(child, "exit");
      await setTimeout(after);
      child.kill("SIGKILL");
      await ended;
    },
    async measure(call, options) {
      const child = await start(call, options);
      const begun = performance.now();
      const [code] = (await once(child, "exit")) as [number | null];
      if (code !== 0) throw new Error(`${call} ended with ${code}`);
      return performance.now() - begun;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function startWork(file: string, call: string, options: object): Promise<ChildProcess> {
  const script = `
    import { migrate, rollback } from ${JSON.stringify(file)};
    console.log("begun");
    await ${call}(${JSON.stringify(options)});`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  child.stdout.resume();
  return child;
}
