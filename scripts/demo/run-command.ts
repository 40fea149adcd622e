import { spawnSync } from "node:child_process";
import { relative } from "node:path";
import pc from "picocolors";

export interface DemoCommand {
  /** As a user types it. */
  readonly typed: string;
  /** The script of Node's behind it, relative to the folder. */
  readonly script: string;
  readonly args: readonly string[];
  readonly folder: string;
}

/** Says what would be typed, runs it for all to see, and ends the demo where it fails. It asks nothing. */
export function runCommand({ typed, script, args, folder }: DemoCommand): void {
  console.log(`${pc.dim(`${relative("", folder)}$`)} ${pc.bold(typed)}`);
  const { status, error } = spawnSync(process.execPath, [script, ...args], {
    cwd: folder,
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`"${typed}" ended with exit code ${status}.`);
}
