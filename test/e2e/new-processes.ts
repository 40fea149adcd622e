import { spawn } from "node:child_process";

export interface ProcessResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProcessOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** As another user, where this one may choose. */
  readonly uid?: number;
}

/** Runs a program to its end, without a terminal. */
export function runProcess(
  program: string,
  args: readonly string[],
  { cwd, env, uid }: ProcessOptions,
): Promise<ProcessResult> {
  const child = spawn(program, args, {
    cwd,
    env: { ...plainEnvironment, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    ...(uid !== undefined && { uid, gid: uid }),
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((done, fail) => {
    child.on("error", fail).on("close", (exitCode) => done({ exitCode, stdout, stderr }));
  });
}

/** Runs a program that has to succeed; gives what it said on stdout. */
export async function runOrFail(
  program: string,
  args: readonly string[],
  options: ProcessOptions,
): Promise<string> {
  const { exitCode, stdout, stderr } = await runProcess(program, args, options);
  if (exitCode === 0) return stdout;
  throw new Error(`${program} ${args.join(" ")} ended with ${exitCode}:\n${stdout}\n${stderr}`);
}

/** The environment without what Vitest, npm and the user's shell have put there to change how programs behave. */
const plainEnvironment: NodeJS.ProcessEnv = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(?:NO_COLOR|FORCE_COLOR|NODE_OPTIONS|NODE_ENV|CI|VITEST.*|DATABASE_URL)$/.test(name),
  ),
);
