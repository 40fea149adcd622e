import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { exampleProject } from "../../../src/testing/projects.js";
import { createProjectFolder } from "../../host/temporary-project.js";

export const executable = resolve("bin/ashlar.js");

/** The recipe, as the README has it. */
export const recipe = [
  ...["gen", "resource", "Accounts", "UserTask", "--primary-key", "user_id,task_id"],
  ...["--attributes", "user_id:uuid:required", "--attributes", "task_id:uuid:required"],
];

export interface CommandResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Flags of node itself. */
  readonly nodeFlags?: readonly string[];
}

/** Runs the built command line as a process of its own, without a terminal. */
export function runAshlar(
  args: readonly string[],
  { cwd, env, nodeFlags = [] }: CommandOptions,
): Promise<CommandResult> {
  const child = spawn(process.execPath, [...nodeFlags, executable, ...args], {
    cwd,
    env: { ...quietEnvironment, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((done, fail) => {
    child.on("error", fail).on("close", (exitCode) => done({ exitCode, stdout, stderr }));
  });
}

/** The environment without what changes colours or questions. */
const quietEnvironment: NodeJS.ProcessEnv = {
  ...process.env,
  NO_COLOR: undefined,
  FORCE_COLOR: undefined,
  NODE_OPTIONS: undefined,
  CI: undefined,
};

/** The project that the recipe assumes, on disk, removed when the test ends. */
export function createExampleProject(files: Readonly<Record<string, string>> = {}): string {
  return createProjectFolder({ ...exampleProject, ...files });
}

/** The same text for any moment of running. */
export function hideTimes(text: string): string {
  return text.replace(/\d{14}/g, "<time>");
}
