import { execFileSync } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { executable } from "./command-line.js";

/** A terminal with a shell in it. */
export interface TestTerminal {
  /** Types a line into the shell, and Enter. */
  type(line: string): void;
  /** Presses a key by its tmux name, such as `Enter` or `C-c`. */
  press(key: string): void;
  /** Waits until the screen matches, and gives it; with `colors`, escape sequences stay in it. */
  see(pattern: RegExp, options?: { readonly colors?: boolean }): Promise<string>;
}

let opened = 0;

/** Opens a terminal of 100 columns in a folder, closed when the test ends. `ashlar` is there as a command. */
export function openTerminal(cwd: string): TestTerminal {
  opened += 1;
  const server = `ashlar-test-${process.pid}-${opened}`;
  const tmux = (...args: string[]): string =>
    execFileSync("tmux", ["-L", server, "-f", "/dev/null", ...args], { encoding: "utf8" });
  const shell = ["env", "-u", "CI", "-u", "NO_COLOR", "-u", "FORCE_COLOR", "PS1=$ ", "sh"];
  tmux("new-session", "-d", "-x", "100", "-y", "50", "-c", cwd, ...shell);
  onTestFinished(() => void tmux("kill-server"));
  const type = (line: string): void => void tmux("send-keys", line, "Enter");
  type(`ashlar() { ${process.execPath} ${executable} "$@"; }; clear`);
  return {
    type,
    press: (key) => void tmux("send-keys", key),
    see: (pattern, { colors = false } = {}) =>
      seeScreen(() => tmux("capture-pane", "-p", ...(colors ? ["-e"] : [])), pattern),
  };
}

const patience = 60_000;

async function seeScreen(read: () => string, pattern: RegExp): Promise<string> {
  for (const start = Date.now(); ;) {
    const screen = read();
    if (pattern.test(screen)) return screen;
    if (Date.now() - start > patience) throw new Error(`The screen does not match ${pattern}:\n${screen}`);
    await wait(50);
  }
}
