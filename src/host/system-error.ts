import type { Problem } from "../support/problem.js";

/** Is this an error of the operating system, and of one of these codes where any are given? */
export function isSystemError(
  error: unknown,
  ...codes: readonly string[]
): error is NodeJS.ErrnoException & { code: string } {
  if (!(error instanceof Error && "code" in error && "syscall" in error)) return false;
  return codes.length === 0 || codes.includes(String(error.code));
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "operation not permitted",
  EROFS: "the file system is read-only",
  ENOSPC: "no space left on the device",
  EDQUOT: "the disk quota is used up",
  EMFILE: "too many open files",
  ELOOP: "a loop of symbolic links",
  ENOTDIR: "a part of the path is a file, not a folder",
  EISDIR: "it is a folder",
  ENAMETOOLONG: "the name is too long",
  EIO: "the disk reports an error",
};

/** What the system said, in words: `permission denied (EACCES)`. */
export function describeSystemError({ code, message }: NodeJS.ErrnoException): string {
  const reason = code === undefined ? undefined : reasons[code];
  return reason === undefined ? message : `${reason} (${code})`;
}

/** The problem of a file or folder that is there and cannot be read. */
export function createUnreadableProblem(
  what: "file" | "folder",
  path: string,
  error: NodeJS.ErrnoException,
): Problem {
  return {
    code: `${what}.unreadable`,
    message: `Cannot read the ${what} "${path}": ${describeSystemError(error)}.`,
    hint: `Make it readable, then run the command again: ls -ld ${path}`,
  };
}
