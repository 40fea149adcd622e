import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { x } from "tinyexec";
import { isBuildStale } from "./build-state.js";
import { emitTestingTypes } from "./emit-testing-types.js";

/** Builds `dist`: the runtime by the compiler, the command line by the bundler. */
export async function build(): Promise<void> {
  rmSync("dist", { recursive: true, force: true });
  await Promise.all([
    run("tsc", ["-p", "tsconfig.build.json"], "inherit"),
    run("rolldown", ["-c"], "ignore"),
  ]);
  emitTestingTypes();
}

/** What a tool complains of is shown: the compiler says it on stdout, the bundler on stderr. */
async function run(command: string, args: string[], stdout: "inherit" | "ignore"): Promise<void> {
  await x(command, args, { nodeOptions: { stdio: ["ignore", stdout, "inherit"] }, throwOnError: true });
}

/** As a script; with `--if-stale`, only where `dist` is older than its sources. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!process.argv.includes("--if-stale") || isBuildStale()) await build();
}
