import type * as Runtime from "../../src/runtime/index.js";

const entry = new URL("../../dist/runtime/index.js", import.meta.url).href;

/** What is measured is what is shipped: the built modules, with the types of their sources. */
export const runtime: typeof Runtime = await import(entry);
