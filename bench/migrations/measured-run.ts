import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** What a command cost. */
export interface Cost {
  readonly milliseconds: number;
  /** The most memory that it and its children held at one time, in megabytes. */
  readonly megabytes: number;
}

export interface Run {
  readonly args: readonly string[];
  readonly cwd: string;
  /** The exit code that is expected. */
  readonly code?: number;
}

/** Milliseconds between two looks at the memory. */
const samplingPeriod = 20;

/**
 * Runs Node with these arguments and tells its cost. Memory is read from `/proc`, so it is 0 elsewhere.
 *
 * @throws Error where the command ends with another exit code; it holds what was printed
 * @example
 * await runMeasured({ args: ["bin/ashlar.js", "--help"], cwd: "." }); // { milliseconds: 95, megabytes: 48 }
 */
export async function runMeasured({ args, cwd, code = 0 }: Run): Promise<Cost> {
  const start = performance.now();
  const child = spawn(process.execPath, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
  let [printed, megabytes] = ["", 0];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (data: Buffer) => (printed += data.toString()));
  }
  const sampling = setInterval(() => {
    megabytes = Math.max(megabytes, measureTree(child.pid ?? 0));
  }, samplingPeriod);
  const ended = await new Promise<number | null>((resolve) => child.on("close", resolve));
  clearInterval(sampling);
  if (ended !== code) throw new Error(`${args.join(" ")} ended with ${ended}, not ${code}:\n${printed}`);
  return { milliseconds: performance.now() - start, megabytes };
}

function measureTree(root: number): number {
  const parents = readParents();
  const isInside = (id: number): boolean => id === root || (id > 1 && isInside(parents.get(id) ?? 0));
  return [...parents.keys()].filter(isInside).reduce((sum, id) => sum + readMegabytes(id), 0);
}

/** The parent of every process, by id. */
function readParents(): ReadonlyMap<number, number> {
  const ids = listFolder("/proc").filter((name) => /^\d+$/.test(name));
  return new Map(ids.map((id) => [Number(id), Number(/^PPid:\s+(\d+)/m.exec(readStatus(id))?.[1])]));
}

function readMegabytes(id: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readStatus(String(id)))?.[1] ?? 0) / 1024;
}

function readStatus(id: string): string {
  try {
    return readFileSync(`/proc/${id}/status`, "utf8");
  } catch {
    return "";
  }
}

function listFolder(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
