import { isWrite, type Change, type Notice, type Plan } from "../generator/plan.js";
import type { AshlarError, Problem } from "../support/problem.js";
import { renderPatch } from "./render-patch.js";

/** What a command did to a test project, or why it did nothing. Everything is plain data. */
export interface TestRun {
  /** The command as it was given. */
  readonly command: string;
  /** What the plan is called, such as `User ⟷ Task, through UserTask`; empty where the command was refused. */
  readonly title: string;
  /** The paths of all files that were created or patched, in the order of the plan. Empty: nothing changed. */
  readonly changed: readonly string[];
  /** The text of each new file by its path. */
  readonly created: Readonly<Record<string, string>>;
  /** For each patched file its changed lines, with `+` and `-` and a few lines around; `project.read` has it whole. */
  readonly patched: Readonly<Record<string, string>>;
  /** The paths of the files that are already as they should be. */
  readonly unchanged: readonly string[];
  /** What the user is told beside the plan. */
  readonly notices: readonly Notice[];
  /** Why the command was refused; empty where it was not. Then nothing has changed. */
  readonly refused: readonly Problem[];
  /** The commands to type next. */
  readonly next: readonly string[];
  /** As the command line exits: 0 done, 1 failed, 2 typed wrong, 3 where `--check` found changes. */
  readonly exitCode: 0 | 1 | 2 | 3;
}

const runs = new WeakSet<object>();

/** Is this what `project.run` gave? */
export function isTestRun(value: unknown): value is TestRun {
  return typeof value === "object" && value !== null && runs.has(value);
}

/** What a plan did, as the result of a command. */
export function describeRun(command: string, plan: Plan, exitCode: TestRun["exitCode"]): TestRun {
  const { title, changes, notices, next } = plan;
  const created = changes.filter((change) => change.kind === "create");
  const patched = changes.filter((change) => change.kind === "patch");
  return brand({
    ...{ command, title, notices, next, refused: [], exitCode },
    changed: changes.filter(isWrite).map(getPath),
    created: Object.fromEntries(created.map(({ path, after }) => [path, after])),
    patched: Object.fromEntries(patched.map(({ path, before, after }) => [path, renderPatch(before, after)])),
    unchanged: changes.filter((change) => !isWrite(change)).map(getPath),
  });
}

/** What an error refused, as the result of a command. */
export function describeRefusal(command: string, { problems, kind }: AshlarError): TestRun {
  return brand({
    ...{ command, title: "", changed: [], created: {}, patched: {}, unchanged: [], notices: [], next: [] },
    refused: problems,
    exitCode: kind === "usage" ? 2 : 1,
  });
}

function brand(run: TestRun): TestRun {
  runs.add(run);
  return run;
}

function getPath({ path }: Change): string {
  return path;
}
