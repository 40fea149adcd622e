import type { GeneratorContext } from "../../generator/context.js";
import { findMissingSnapshots } from "../../generator/check/find-history-findings.js";
import { readHistories } from "../../generator/history-store.js";
import { findDevelopmentRun, type DevelopmentRun } from "../../generator/migrations/development.js";
import {
  decideMigration,
  planMigrations,
  readSchemas,
  type ProjectSchemas,
} from "../../generator/migrations/plan-migrations.js";
import { describeMadeByHand, findMadeByHand } from "../../generator/migrations/made-by-hand.js";
import { readAnswers, readNewTables } from "../../generator/migrations/read-answers.js";
import { findUnanswered } from "../../generator/migrations/unanswered.js";
import type { Plan } from "../../generator/plan.js";
import { describeProject } from "../../host/load/describe-project.js";
import { createContext, openProject, type Project } from "../../host/open-project.js";
import { findProjectRoot } from "../../host/project-root.js";
import type { MigrationAnswers, PlannedMigration } from "../../migrations/plan-migration.js";
import { buildTableKey } from "../../support/table-key.js";
import { failure, usageError } from "../../support/problem.js";
import type { GenMigrationsCommand } from "../command.js";
import type { ExitCode } from "../exit-code.js";
import { generate, type Extras } from "../generate.js";
import type { Terminal } from "../terminal.js";
import { askForAnswers } from "./ask-for-answers.js";
import { refuseSharedDevelopment } from "./refuse-shared-development.js";
import { renderExtras } from "../report/migration-plan.js";
import { proveFiles } from "./prove-files.js";

/** Runs `ashlar gen migrations`. */
export function runGenMigrations(command: GenMigrationsCommand, terminal: Terminal): Promise<ExitCode> {
  const root = findProjectRoot(process.cwd());
  let extras: Extras | undefined;
  const makePlan = async (): Promise<Plan> => {
    const project = await openProject(root);
    const made = await makeMigrationPlan(command, { project, terminal });
    extras = made.extras;
    return made.plan;
  };
  return generate({ root, makePlan, findExtras: () => extras, options: command.options, terminal });
}

interface Session {
  readonly project: Project;
  readonly terminal: Terminal;
}

interface MadePlan {
  readonly plan: Plan;
  readonly extras: Extras;
}

async function makeMigrationPlan(command: GenMigrationsCommand, session: Session): Promise<MadePlan> {
  const { project, terminal } = session;
  const { description, problems, notices } = await describeProject(project);
  if (problems.length > 0) throw failure(...problems);
  const context = createContext(project, new Date());
  const folded = await findFolded(command, project, context);
  const schemas = readSchemas(context, description, folded);
  const migration = await decide(command, { schemas, context, terminal });
  refuseMadeAgain(migration, schemas, context);
  const newTables = readNewTables(command.newTables, schemas);
  if (!command.options.check) refuseMadeByHand(migration, newTables, context);
  const made = await planMigrations({ ...command, newTables }, { migration, schemas }, context);
  const { files } = made;
  const plan = { ...made.plan, notices: [...notices, ...made.plan.notices] };
  const isProved = command.proof && !command.options.check && files.length > 0;
  const proof = isProved ? await proveFiles({ project, schemas, migration, files, plan }) : undefined;
  return { plan, extras: renderExtras({ migration, proof, showSql: command.sql }, terminal) };
}

/** A snapshot that is gone makes its table look new. */
function refuseMadeAgain(
  { operations }: PlannedMigration,
  { stored }: ProjectSchemas,
  { files, settings: { migrations } }: GeneratorContext,
): void {
  const created = operations.flatMap((operation) =>
    operation.kind === "createTable" ? [buildTableKey(operation.table)] : [],
  );
  if (created.length === 0) return;
  const histories = readHistories(files, migrations);
  const missing = findMissingSnapshots(created, { histories, snapshot: stored, migrations });
  if (missing.length > 0) throw failure(...missing);
}

/** What would fail on every database that has run the migrations by hand is not written. */
function refuseMadeByHand(
  { operations }: PlannedMigration,
  newTables: readonly string[],
  context: GeneratorContext,
): void {
  const made = findMadeByHand(operations, newTables, context);
  if (made.length > 0) throw usageError(...describeMadeByHand(made));
}

/** A check asks for what is pending now, so nothing is folded for it. */
async function findFolded(
  { dev, options }: GenMigrationsCommand,
  project: Project,
  context: GeneratorContext,
): Promise<DevelopmentRun | undefined> {
  const run = dev || options.check ? undefined : findDevelopmentRun(context);
  if (run !== undefined) await refuseSharedDevelopment(run, project);
  return run;
}

interface Undecided {
  readonly schemas: ProjectSchemas;
  readonly context: GeneratorContext;
  readonly terminal: Terminal;
}

/** At a terminal what is missing is asked for; elsewhere it is an error that says what to type. */
async function decide(
  { answers: typed, options }: GenMigrationsCommand,
  { schemas, context, terminal }: Undecided,
): Promise<PlannedMigration> {
  const decideWith = (answers: MigrationAnswers) => decideMigration(schemas, answers, context);
  const given = readAnswers(typed, schemas);
  if (options.check) return decideWith(given);
  const isAsked = terminal.canAsk && !options.yes && !options.json;
  const migration = isAsked ? await askForAnswers(given, decideWith) : decideWith(given);
  const unanswered = findUnanswered(migration);
  if (unanswered !== undefined) throw unanswered;
  return migration;
}
