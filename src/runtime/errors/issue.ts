import type { Problem } from "../../support/problem.js";

/**
 * One thing wrong with an input, as data: a problem with the way to the value. The path is that of attributes and
 * positions, such as `["tasks", 2, "name"]`; it is empty where the input as a whole is at fault.
 */
export interface Issue extends Problem {
  readonly path: readonly (string | number)[];
}
