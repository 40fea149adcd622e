import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pc from "picocolors";
import type { Command } from "../../../src/cli/command.js";
import { parseCommand } from "../../../src/cli/parse-command.js";
import { renderNext, renderNotices, renderPlan } from "../../../src/cli/report/plan.js";
import { renderProblems } from "../../../src/cli/report/problem.js";
import type { GeneratorContext } from "../../../src/generator/context.js";
import type { Plan } from "../../../src/generator/plan.js";
import { planDomain } from "../../../src/generator/plan-domain.js";
import { planResource } from "../../../src/generator/plan-resource.js";
import { createContext, openProject } from "../../../src/host/open-project.js";
import { applyPlan } from "../../../src/host/writer.js";
import { isAshlarError } from "../../../src/support/problem.js";
import { splitCommand } from "../../../src/testing/split-command.js";
import { readTree, writeTree, type FixtureCase, type Tree } from "./fixture-case.js";

/** What the commands of a case did to its project on disk. */
export interface FixtureRun {
  readonly after: Tree;
  /** Each command and what it told, one below the other. */
  readonly told: string;
  /** What the same commands told when all of them were run again, and the project then. */
  readonly again: { readonly after: Tree; readonly changed: readonly string[] };
}

const plain = pc.createColors(false);
const now = new Date("2026-11-22T19:00:00Z");

/** Runs a case in a temporary folder: its commands in order, then all of them again. */
export async function runFixture({ before, commands }: FixtureCase): Promise<FixtureRun> {
  const root = mkdtempSync(join(tmpdir(), "ashlar-fixture-"));
  try {
    writeTree(root, before);
    const outcomes = await runAll(root, commands);
    const after = readTree(root);
    const repeated = await runAll(root, commands);
    return {
      after,
      told: outcomes.map(({ told }) => told).join("\n"),
      again: { after: readTree(root), changed: repeated.flatMap(({ changed }) => changed) },
    };
  } finally {
    rmSync(root, { recursive: true });
  }
}

interface Outcome {
  readonly told: string;
  readonly changed: readonly string[];
}

async function runAll(root: string, commands: readonly string[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const command of commands) outcomes.push(await run(root, command));
  return outcomes;
}

async function run(root: string, command: string): Promise<Outcome> {
  try {
    const parsed = parseCommand(splitCommand(command), { version: "", columns: 100 });
    const plan = await planCommand(parsed, createContext(await openProject(root), now));
    applyPlan(root, plan);
    const told = renderPlan(plan, plain) + renderNotices(plan.notices, plain) + renderNext(plan.next, plain);
    return { told: `$ ${command}\n${told}`, changed: listWrites(plan) };
  } catch (error) {
    if (!isAshlarError(error)) throw error;
    const exitCode = error.kind === "usage" ? 2 : 1;
    return { told: `$ ${command}\n${renderProblems(error.problems, plain)}exit ${exitCode}\n`, changed: [] };
  }
}

function planCommand(command: Command, context: GeneratorContext): Promise<Plan> {
  if (command.kind === "gen resource") return planResource(command.request, context);
  if (command.kind === "gen domain") return planDomain(command.name, context);
  throw new Error(`${command.kind} is no generator`);
}

function listWrites({ changes }: Plan): readonly string[] {
  return changes.flatMap((change) => ("after" in change ? [change.path] : []));
}
