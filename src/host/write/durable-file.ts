import { closeSync, fchmodSync, fchownSync, fsyncSync, openSync, writeSync, type Stats } from "node:fs";
import { isSystemError } from "../system-error.js";

/** Told after each single change to the disk, so that a test can end the process there. */
export type StepListener = (step: string) => void;

/** What a new file takes from the one whose place it is to have, or the mode it is made with. */
export type Attributes = Pick<Stats, "mode" | "uid" | "gid"> | { readonly mode: number };

/** As any program makes a file: the process's mask takes its part. */
export const usualAttributes: Attributes = { mode: 0o666 };

/**
 * Makes a file with this text and waits until the disk has it. The owner of another file is taken over as far as the
 * system allows.
 *
 * @throws the system's error, `EEXIST` where there is such a file
 */
export function writeDurableFile(
  file: string,
  text: string,
  attributes: Attributes,
  step: StepListener,
): void {
  const descriptor = openSync(file, "wx", attributes.mode & 0o666);
  try {
    step(`open ${file}`);
    if ("uid" in attributes) copyAttributes(descriptor, attributes);
    writeAll(descriptor, Buffer.from(text));
    step(`write ${file}`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function writeAll(descriptor: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written);
}

function copyAttributes(descriptor: number, { mode, uid, gid }: Pick<Stats, "mode" | "uid" | "gid">): void {
  if (process.platform === "win32") return;
  try {
    if (uid !== process.getuid?.() || gid !== process.getgid?.()) fchownSync(descriptor, uid, gid);
  } catch (error) {
    if (!isSystemError(error, "EPERM", "EINVAL")) throw error;
  }
  fchmodSync(descriptor, mode & 0o7777);
}

/** Waits until the disk has the folder's entries; where the system cannot do that, it does not need it. */
export function syncFolder(folder: string): void {
  try {
    const descriptor = openSync(folder, "r");
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (!isSystemError(error, "EISDIR", "EPERM", "EACCES", "EINVAL", "ENOTSUP", "EBADF", "ENOENT"))
      throw error;
  }
}
