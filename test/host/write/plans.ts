import type { Change, Plan } from "../../../src/generator/plan.js";

export function planOf(...changes: readonly Change[]): Plan {
  return { title: "A test", changes, notices: [], next: [] };
}

export function create(path: string, after: string): Change {
  return { kind: "create", path, after };
}

export function patch(path: string, before: string, after: string): Change {
  return { kind: "patch", path, before, after, summary: [] };
}

export function remove(path: string, before: string): Change {
  return { kind: "delete", path, before };
}

/** A project and a plan with everything a write can meet: patches, deletions, files in new and in old folders. */
export const oldFiles = {
  "package.json": "{}\n",
  "src/accounts/accounts.ts": "// accounts, old\n",
  "src/accounts/user.ts": "// user, old\r\n",
  "src/accounts/retired.ts": "// to be deleted\n",
  "src/other.ts": "// not in the plan\n",
};

export const wholePlan: Plan = planOf(
  remove("src/accounts/retired.ts", oldFiles["src/accounts/retired.ts"]),
  create("src/accounts/user-task.ts", "// user task\n"),
  patch("src/accounts/accounts.ts", oldFiles["src/accounts/accounts.ts"], "// accounts, new\n"),
  { kind: "identical", path: "src/other.ts" },
  patch("src/accounts/user.ts", oldFiles["src/accounts/user.ts"], "// user, new\r\n"),
  create("src/works/deep/task.ts", "// task: ünïcödé ⟷\n"),
  create("migrations/snapshot/user_tasks.json", "{}\n"),
);

/** What someone else writes where the plan has a new file. */
export const foreignFile = { path: "src/works/deep/task.ts", text: "// someone else's\n" };
