import type { Terminal } from "../terminal.js";

/** Data for programs, as every command with `--json` prints it. */
export function writeJson(value: object, { data }: Terminal): void {
  data.write(`${JSON.stringify(value, null, 2)}\n`);
}
