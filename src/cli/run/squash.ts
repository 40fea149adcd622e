import { resolve } from "node:path";
import type { Notice, Plan } from "../../generator/plan.js";
import { planSquash, type SquashPlan } from "../../generator/squash/plan-squash.js";
import { readPrerequisites } from "../../host/check/prerequisites.js";
import { createContext, openProject, type Project } from "../../host/open-project.js";
import { findProjectRoot } from "../../host/project-root.js";
import { type Comparison, compareChains } from "../../host/prove/compare-chains.js";
import type { Proof } from "../../host/prove/proof.js";
import { proveMigrations } from "../../host/prove/prove-migrations.js";
import { failure } from "../../support/problem.js";
import type { SquashCommand } from "../command.js";
import type { ExitCode } from "../exit-code.js";
import { generate, type Extras } from "../generate.js";
import { renderSquashExtras } from "../report/squash.js";
import type { Terminal } from "../terminal.js";

/** Runs `ashlar squash`: what is written has been proved, and compared with what it takes the place of. */
export function runSquash({ request, proof, options }: SquashCommand, terminal: Terminal): Promise<ExitCode> {
  const root = findProjectRoot(process.cwd());
  let extras: Extras | undefined;
  const makePlan = async (): Promise<Plan> => {
    const project = await openProject(root);
    const squash = await planSquash(request, createContext(project, new Date()));
    if (!proof) return squash.plan;
    const tried = await tryOut(squash, project);
    const { length: count } = squash.squashed.fileNames;
    if (!request.force) refuseDifferences(tried.comparison, count);
    extras = renderSquashExtras({ ...tried, count }, terminal);
    return { ...squash.plan, notices: [...squash.plan.notices, ...tellDifferences(tried.comparison, count)] };
  };
  return generate({ root, makePlan, findExtras: () => extras, options, terminal });
}

interface TriedOut {
  readonly proof: Proof;
  readonly comparison: Comparison;
}

/** @throws AshlarError as `proveMigrations` and `compareChains` do */
async function tryOut({ file, squashed, operations }: SquashPlan, project: Project): Promise<TriedOut> {
  const { root, settings } = project;
  const { before, after, kept, fileNames } = squashed;
  const store = (name: string) => ({ name, path: resolve(root, settings.migrations, name) });
  const request = {
    ...{ root, database: settings.database, folder: settings.migrations },
    ...{ before, after, operations, files: [file] },
    ...readPrerequisites(project),
  };
  const proof = await proveMigrations(request);
  return {
    proof,
    comparison: await compareChains({ ...request, first: kept.map(store), old: fileNames.map(store) }),
  };
}

/** Where all that is squashed was generated nothing should differ. */
function refuseDifferences(comparison: Comparison, count: number): void {
  const differences = describeDifferences(comparison, count);
  if (differences.length === 0) return;
  const hint = "Squash up to a migration before: --to <migration>. If it may be so in new databases: --force";
  throw failure(...differences.map((message) => ({ code: "squash.differs", message, hint })));
}

function tellDifferences(comparison: Comparison, count: number): readonly Notice[] {
  if (comparison.kind === "failed") {
    return [
      {
        code: "squash.uncompared",
        severity: "warning",
        message: `What the ${count} migrations lead to is not known, since one does not run on a scratch database: ${comparison.reason}.`,
        hint: "Whatever they do that no snapshot says, new databases go without.",
      },
    ];
  }
  return describeDifferences(comparison, count).map((message) => ({
    code: "squash.differs",
    severity: "warning",
    message,
    hint: "What new databases need of it goes at the end of its up, as SQL.",
  }));
}

function describeDifferences(comparison: Comparison, count: number): readonly string[] {
  if (comparison.kind === "failed") return [];
  return comparison.differences.map(
    (each) => `The squash does not lead to what the ${count} migrations lead to: ${each}.`,
  );
}
