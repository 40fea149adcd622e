import type { Problem } from "../../support/problem.js";

/** Collects what is wrong, so that one run tells everything. */
export class Problems {
  readonly list: Problem[] = [];

  add(problem: Problem): undefined {
    this.list.push(problem);
    return undefined;
  }

  /** For what several checks may meet. */
  addOnce(problem: Problem): void {
    if (this.list.every(({ message }) => message !== problem.message)) this.list.push(problem);
  }

  get any(): boolean {
    return this.list.length > 0;
  }
}
