import { randomBytes } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { basename } from "node:path";

/** Who holds a lock, as it stands in the lock's file. */
export interface LockHolder {
  /** Never used twice. */
  readonly token: string;
  readonly pid: number;
  readonly host: string;
  /** When the lock was taken, ISO 8601. */
  readonly startedAt: string;
  readonly command: string;
  readonly purpose: string;
  /** When the process began, in the kernel's own count: tells it from a later one of the same pid. */
  readonly processStart?: string;
  /** A pid means nothing in another namespace, and containers may share the name of their host. */
  readonly pidNamespace?: string;
}

/** A token as it stands in the names of files. */
export const tokenPattern = "[0-9a-f]{16}";

/** This process as a holder, with a fresh token. */
export function createLockHolder(purpose: string): LockHolder {
  const processStart = readProcessStat(process.pid)?.start;
  const pidNamespace = readPidNamespace();
  return {
    token: randomBytes(8).toString("hex"),
    pid: process.pid,
    host: hostname(),
    startedAt: new Date().toISOString(),
    command: describeCommand(process.argv),
    purpose,
    ...(processStart === undefined ? {} : { processStart }),
    ...(pidNamespace === undefined ? {} : { pidNamespace }),
  };
}

/** The holder in a lock file's text, or undefined where it is not one. */
export function parseLockHolder(text: string): LockHolder | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isLockHolder(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Has the holder's process certainly ended? False wherever that cannot be known: on another host, in another
 * container, or where the system does not say.
 */
export function isHolderDead(holder: LockHolder): boolean {
  if (holder.host !== hostname() || holder.pidNamespace !== readPidNamespace()) return false;
  if (!isPidInUse(holder.pid)) return true;
  const stat = readProcessStat(holder.pid);
  if (stat === undefined) return !isPidInUse(holder.pid);
  return stat.isZombie || (holder.processStart !== undefined && holder.processStart !== stat.start);
}

/** Is the holder the very process that asks? */
export function isThisProcess({ pid, host, pidNamespace }: LockHolder): boolean {
  return pid === process.pid && host === hostname() && pidNamespace === readPidNamespace();
}

function isLockHolder(value: unknown): value is LockHolder {
  if (typeof value !== "object" || value === null) return false;
  const { token, pid, ...rest }: Partial<Record<keyof LockHolder, unknown>> = value;
  return (
    typeof token === "string" &&
    new RegExp(`^${tokenPattern}$`).test(token) &&
    Number.isSafeInteger(pid) &&
    Number(pid) > 0 &&
    [rest.host, rest.startedAt, rest.command, rest.purpose].every((part) => typeof part === "string")
  );
}

function isPidInUse(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}

/** Linux only. The name of the program, second in the line, may itself hold spaces and parentheses. */
function readProcessStat(pid: number): { start: string; isZombie: boolean } | undefined {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
    const [state, start] = [fields[0], fields[19]];
    return start === undefined ? undefined : { start, isZombie: state === "Z" || state === "X" };
  } catch {
    return undefined;
  }
}

function readPidNamespace(): string | undefined {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return undefined;
  }
}

function describeCommand([program = "node", script, ...args]: readonly string[]): string {
  const words = [basename(script ?? program), ...args].join(" ");
  return words.replace(/:\/\/[^\s@/]+@/g, "://…@").slice(0, 200);
}
