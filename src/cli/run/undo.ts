import type { GeneratorContext } from "../../generator/context.js";
import { findHistoryPath, readHistories } from "../../generator/history-store.js";
import type { Notice, Plan } from "../../generator/plan.js";
import { findGenerated, type GeneratedMigrations } from "../../generator/undo/find-generated.js";
import { planUndo } from "../../generator/undo/plan-undo.js";
import { findApplied, type AppliedState } from "../../host/develop/find-applied.js";
import { findCommitted } from "../../host/git.js";
import type { DatabaseOptions } from "../../host/migrate/database.js";
import { findTarget } from "../../host/migrate/migration-target.js";
import { rollback } from "../../host/migrate/migrator.js";
import { createContext, openProject } from "../../host/open-project.js";
import { findProjectRoot } from "../../host/project-root.js";
import { removeExtension } from "../../host/migrate/records.js";
import { failure } from "../../support/problem.js";
import type { UndoCommand } from "../command.js";
import type { ExitCode } from "../exit-code.js";
import { generate } from "../generate.js";
import { createMigrationReporter } from "../report/migration.js";
import type { Terminal } from "../terminal.js";

/** Runs `ashlar undo migration`. */
export async function runUndo(command: UndoCommand, terminal: Terminal): Promise<ExitCode> {
  const root = findProjectRoot(process.cwd());
  let rollBack = async (): Promise<void> => undefined;
  const makePlan = async (): Promise<Plan> => {
    const project = await openProject(root);
    const context = createContext(project, new Date());
    const generated = findGenerated(context, findName(command, context));
    const location = { root, knexfile: project.settings.knexfile };
    const state = await findApplied(location, generated.fileNames);
    const applied = decideOnApplied(generated, state, { ...command, canAsk: terminal.canAsk });
    const run = { location, step: applied, isJson: command.options.json };
    if (applied > 0) rollBack = () => rollBackMigrations(run, terminal);
    const notices = [
      ...describeRollback(generated, applied),
      ...(await warnOfCommitted(root, generated, context)),
    ];
    return planUndo({ ...generated, force: command.force, command: spellCommand(command), notices }, context);
  };
  return generate({ root, makePlan, beforeWrite: () => rollBack(), options: command.options, terminal });
}

function findName({ name }: UndoCommand, { files, settings }: GeneratorContext): string | undefined {
  if (name === undefined) return undefined;
  const histories = readHistories(files, settings.migrations);
  return findTarget(
    removeExtension(name),
    histories.map(({ migration }) => migration),
    "generated migration",
  );
}

/** How the migrations are spoken of, and named to a command. */
function listNames({ histories }: GeneratedMigrations): string {
  return histories.map(({ migration }) => `"${migration}"`).join(" and ");
}

/** What was typed, so that a hint only adds to it. */
function spellCommand({ name, rollback: isRolledBack, force }: UndoCommand): string {
  const words = [name, isRolledBack && "--rollback", force && "--force"];
  return ["npx ashlar undo migration", ...words.filter((word) => typeof word === "string")].join(" ");
}

interface Permissions extends UndoCommand {
  readonly canAsk: boolean;
}

/**
 * How many migrations of the database are to be rolled back. At a terminal the question about the plan tells of it.
 *
 * @throws AshlarError `undo.unknown`, `undo.applied`, `undo.applied.later`
 */
function decideOnApplied(generated: GeneratedMigrations, state: AppliedState, given: Permissions): number {
  const names = listNames(generated);
  const command = spellCommand(given);
  if (state.kind === "unknown") {
    if (given.force) return 0;
    throw failure({
      code: "undo.unknown",
      message: `Nobody can say whether the migration ${names} has run: ${state.why}`,
      hint: `Make the database reachable. If you know that it has run nowhere: ${command} --force`,
    });
  }
  if (state.later.length > 0) throw createLaterError(names, state.later);
  const isAsked = given.canAsk && !given.options.yes && !given.options.json;
  if (state.applied.length > 0 && !given.rollback && !isAsked) {
    throw failure({
      code: "undo.applied",
      message: `The migration ${names} has run on this database.`,
      hint: `To roll it back and take it back: ${command} --rollback`,
    });
  }
  return state.applied.length;
}

function createLaterError(names: string, later: readonly string[]): Error {
  return failure({
    code: "undo.applied.later",
    message: `The migration ${names} has run on this database, and after it ${later.map((each) => `"${each}"`).join(", ")}, which may need it.`,
    hint: `Roll those back first: npx ashlar rollback --step ${later.length}`,
  });
}

function describeRollback(generated: GeneratedMigrations, applied: number): readonly Notice[] {
  if (applied === 0) return [];
  return [
    {
      code: "undo.rollback",
      severity: "warning",
      message: `${listNames(generated)} has run on this database. It is rolled back first, with the data that it made room for.`,
    },
  ];
}

async function warnOfCommitted(
  root: string,
  { histories, fileNames }: GeneratedMigrations,
  { settings }: GeneratorContext,
): Promise<readonly Notice[]> {
  const paths = [
    ...fileNames.map((name) => `${settings.migrations}/${name}`),
    ...histories.map(({ migration }) => findHistoryPath(settings.migrations, migration)),
  ];
  const [committed] = await findCommitted(root, paths);
  if (committed === undefined) return [];
  return [
    {
      code: "undo.committed",
      severity: "warning",
      message: `Git has "${committed}" in its last commit, or merges it, so others may have it, and databases that it has run on.`,
      hint: "Where they may, leave it and make another migration that takes its change back.",
    },
  ];
}

interface Rollback {
  readonly location: DatabaseOptions;
  /** How many. */
  readonly step: number;
  readonly isJson: boolean;
}

async function rollBackMigrations({ location, step, isJson }: Rollback, terminal: Terminal): Promise<void> {
  const words = { running: "undoing", done: "undone" };
  const { finish, ran: _, ...listeners } = createMigrationReporter(words, terminal, { isJson });
  try {
    await rollback({ ...location, ...listeners, step });
  } finally {
    finish();
  }
}
