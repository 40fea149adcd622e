import type { Problem } from "../../support/problem.js";

/** Collects what is wrong, so that one run tells everything. */
export class Problems {
  readonly list: Problem[] = [];

  add(problem: Problem): undefined {
    this.list.push(problem);
    return undefined;
  }

  get any(): boolean {
    return this.list.length > 0;
  }
}
