import type { Problem } from "../support/problem.js";

/** One file of a plan. `before` is the text that the change was computed from; the writer checks that it is still so. */
export type Change =
  | { readonly kind: "create"; readonly path: string; readonly after: string }
  | {
      readonly kind: "patch";
      readonly path: string;
      readonly before: string;
      readonly after: string;
      /** What was added, in a word or two each: `+ tasks, userTasks`. */
      readonly summary: readonly string[];
    }
  | { readonly kind: "delete"; readonly path: string; readonly before: string }
  /** Holds already what it should. */
  | { readonly kind: "identical"; readonly path: string }
  /** Was left as it is because the command said so. */
  | { readonly kind: "skip"; readonly path: string };

export type ChangeKind = Change["kind"];

/** A change that writes its file. */
export type Write = Extract<Change, { readonly after: string }>;

export type Deletion = Extract<Change, { readonly kind: "delete" }>;

export function isWrite(change: Change): change is Write {
  return change.kind === "create" || (change.kind === "patch" && change.before !== change.after);
}

export function isDeletion(change: Change): change is Deletion {
  return change.kind === "delete";
}

/** Does the change leave its file otherwise than it is? */
export function isEdit(change: Change): change is Write | Deletion {
  return isWrite(change) || isDeletion(change);
}

/** A word to the user that stops nothing. */
export interface Notice {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  /** A notice is told; a warning should be read before saying yes. */
  readonly severity: "notice" | "warning";
}

/** What a generator wants to do, in order: shown, checked, tested and written from this one value. */
export interface Plan {
  /** One line, such as `User ⟷ Task, through UserTask`. */
  readonly title: string;
  readonly changes: readonly Change[];
  readonly notices: readonly Notice[];
  /** Commands to type next, in order. */
  readonly next: readonly string[];
}

/** Has the plan anything to write or delete? */
export function hasChanges(plan: Plan): boolean {
  return plan.changes.some(isEdit);
}

/** The outcome of a patch: text in, text out. The failure carries the text to paste. */
export type PatchOutcome =
  | { readonly kind: "changed"; readonly text: string; readonly added: readonly string[] }
  | { readonly kind: "unchanged" }
  | { readonly kind: "failed"; readonly problem: Problem };
