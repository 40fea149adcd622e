import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const source = fileURLToPath(new URL("contender-process.ts", import.meta.url));

/** As deep in the project as the sources are, which find the built runtime from where they lie. */
const folder = fileURLToPath(new URL("../../.tmp/bench-runtime/", import.meta.url));

/** Compiles the program of the contenders, so that no loader of TypeScript takes memory or time beside them. */
export async function buildProgram(): Promise<string> {
  const bundle = await rolldown({
    input: source,
    platform: "node",
    external: (id) => /^[^./]/.test(id),
  });
  rmSync(folder, { recursive: true, force: true });
  await bundle.write({ dir: folder, format: "esm" });
  return join(folder, "contender-process.js");
}
