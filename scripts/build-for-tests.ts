import { build } from "./build.js";
import { isBuildStale } from "./build-state.js";

/** Before tests that run the command line as users do: it is what the sources say. */
export async function setup(): Promise<void> {
  if (isBuildStale()) await build();
}
