import type { Colors } from "../terminal.js";

/**
 * A line for something that was done, its verb where the others have theirs.
 *
 * @example
 * renderDone("dropped", `the database "shop"`, colors); // `   dropped  the database "shop"\n`
 */
export function renderDone(verb: string, what: string, colors: Colors): string {
  return `${colors.green(verb.padStart(10))}  ${what}\n`;
}
