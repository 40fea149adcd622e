import manifest from "../../package.json" with { type: "json" };
import type { ExitCode } from "./exit-code.js";
import { parseCommand } from "./parse-command.js";
import { renderBugNotice } from "./report/bug-notice.js";

/**
 * The command line: reads the arguments, runs the command, and leaves its exit code to the process. Never throws.
 *
 * @example
 * await main(process.argv.slice(2));
 */
export async function main(args: readonly string[]): Promise<void> {
  outliveClosedPipes();
  process.once("uncaughtExceptionMonitor", () => void process.stderr.write(renderBugNotice("error")));
  process.exitCode = await run(args);
}

async function run(args: readonly string[]): Promise<ExitCode> {
  try {
    const options = { version: manifest.version, columns: process.stdout.columns ?? 80 };
    const command = parseCommand(args, options);
    if (command.kind === "text") {
      process.stdout.write(`${command.text}\n`);
      return 0;
    }
    const [{ runCommand }, { createTerminal }] = await Promise.all([
      import("./run-command.js"),
      import("./terminal.js"),
    ]);
    return await runCommand(command, createTerminal(process));
  } catch (error) {
    const [{ reportError }, { createTerminal }] = await Promise.all([
      import("./report/error.js"),
      import("./terminal.js"),
    ]);
    return reportError(error, createTerminal(process), args.includes("--json"));
  }
}

/** `ashlar … | head` closes the pipe early; the rest of the output has nowhere to go, and that is all. */
function outliveClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
  }
}
