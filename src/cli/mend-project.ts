import type { Recovery } from "../host/recovery.js";
import { recover } from "../host/recovery.js";
import type { Terminal } from "./terminal.js";

/** Ends what an earlier command had begun to write and did not end, and says so. Every command does this first. */
export function mendProject(root: string, { talk }: Terminal): void {
  const recovery = recover(root);
  if (recovery !== undefined) talk.write(describeRecovery(recovery));
}

function describeRecovery({ outcome, title, paths }: Recovery): string {
  const became = outcome === "finished" ? "It was finished" : "It was taken back";
  const files = paths.map((path) => `    ${path}\n`).join("");
  return `\n  An earlier command had been cut off while it wrote "${title}". ${became}:\n${files}`;
}
