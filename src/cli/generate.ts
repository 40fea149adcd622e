import type { Change, Plan } from "../generator/plan.js";
import { hasChanges, isDeletion, isWrite } from "../generator/plan.js";
import { isDirty } from "../host/git.js";
import { applyPlan } from "../host/writer.js";
import { askToGoOn } from "./ask.js";
import type { GenerateOptions } from "./command.js";
import type { ExitCode } from "./exit-code.js";
import { mendProject } from "./mend-project.js";
import { writeJson } from "./report/json.js";
import { renderNext, renderNotices, renderPlan } from "./report/plan.js";
import type { Terminal } from "./terminal.js";

/** A command that writes files: where, and how its plan is made. */
export interface Generation {
  /** Absolute. */
  readonly root: string;
  /** Called when nothing half-written is left in the root. */
  readonly makePlan: () => Promise<Plan>;
  /** What a command has to tell besides, once its plan is made. */
  readonly findExtras?: () => Extras | undefined;
  /** What has to be done before the files are written, once it is sure that they will be. */
  readonly beforeWrite?: () => Promise<void>;
  /** What is left to do when the files are written, before the user is told what to type next. */
  readonly afterWrite?: () => Promise<void>;
  readonly options: GenerateOptions;
  readonly terminal: Terminal;
}

/** What a command tells beside its plan. */
export interface Extras {
  /** For people, below the plan. */
  readonly text: string;
  /** For `--json`, beside the plan. */
  readonly json: Readonly<Record<string, unknown>>;
  /** Does something wait that the plan does not do? Then `--check` finds it. */
  readonly isPending: boolean;
}

/** What became of a plan. */
type Outcome = "written" | "unchanged" | "previewed" | "cancelled";

/**
 * Makes a plan, shows it and writes it, the same way for every generator: what is shown is what is written.
 *
 * @returns the exit code: 1 where the user said no, 3 where `--check` found changes
 * @throws AshlarError as `makePlan`, `recover`, `applyPlan`, `beforeWrite` and `afterWrite` do
 */
export async function generate(generation: Generation): Promise<ExitCode> {
  const { root, makePlan, beforeWrite, afterWrite, options, terminal } = generation;
  mendProject(root, terminal);
  const plan = await makePlan();
  if (!options.json) await showPlan(plan, generation);
  const outcome = await decide(plan, generation);
  if (outcome === "written") {
    await beforeWrite?.();
    applyPlan(root, plan);
    await afterWrite?.();
  }
  tell(plan, outcome, generation);
  return findExitCode(plan, outcome, generation);
}

async function showPlan(plan: Plan, { options, terminal, findExtras }: Generation): Promise<void> {
  const { data, talk } = terminal;
  data.write(renderPlan(plan, data.colors) + (findExtras?.()?.text ?? ""));
  if (plan.notices.length > 0) talk.write(`${renderNotices(plan.notices, talk.colors)}\n`);
  if (!options.diff) return;
  const { renderDiffs } = await import("./report/diff.js");
  data.write(renderDiffs(plan, data.colors));
}

async function decide(plan: Plan, { root, options, terminal, findExtras }: Generation): Promise<Outcome> {
  if (!hasChanges(plan)) return findExtras?.()?.isPending === true ? "previewed" : "unchanged";
  if (options.dryRun || options.diff || options.check) return "previewed";
  if (!terminal.canAsk || options.yes || options.json) return "written";
  await warnOfDirtyTree(root, terminal);
  return (await askToGoOn(buildQuestion(plan.changes))) ? "written" : "cancelled";
}

async function warnOfDirtyTree(root: string, { talk }: Terminal): Promise<void> {
  if (!(await isDirty(root))) return;
  const warning = {
    code: "git.dirty",
    severity: "warning",
    message: "Git has changes here that are not committed; what is written now will mix with them.",
  } as const;
  talk.write(`${renderNotices([warning], talk.colors)}\n`);
}

/** `Write these 7 files?`, `Write this file and delete these 2 files?` */
function buildQuestion(changes: readonly Change[]): string {
  const counts: readonly (readonly [verb: string, count: number])[] = [
    ["write", changes.filter(isWrite).length],
    ["delete", changes.filter(isDeletion).length],
  ];
  const parts = counts
    .filter(([, count]) => count > 0)
    .map(([verb, count]) => `${verb} ${countFiles(count)}`);
  return `${capitalize(parts.join(" and "))}?`;
}

function countFiles(count: number): string {
  return count === 1 ? "this file" : `these ${count} files`;
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function tell(plan: Plan, outcome: Outcome, { options, terminal, findExtras }: Generation): void {
  const { talk } = terminal;
  const { json } = findExtras?.() ?? {};
  if (options.json) writeJson({ plan, ...json, result: { outcome } }, terminal);
  else talk.write(outcomeTexts[outcome] ?? renderNext(plan.next, talk.colors));
}

const outcomeTexts: Readonly<Record<Outcome, string | undefined>> = {
  written: undefined,
  unchanged: "  Nothing to change: all of it is there.\n\n",
  previewed: "  Nothing was written: this is a preview.\n\n",
  cancelled: "  Nothing was written.\n\n",
};

function findExitCode(plan: Plan, outcome: Outcome, { options, findExtras }: Generation): ExitCode {
  if (outcome === "cancelled") return 1;
  const isPending = hasChanges(plan) || findExtras?.()?.isPending === true;
  return options.check && isPending ? 3 : 0;
}
