import { hashMigration } from "../../migrations/file-hash.js";
import type { Operation } from "../../migrations/operation.js";
import { planMigration } from "../../migrations/plan-migration.js";
import { renderMigration } from "../../migrations/render.js";
import { failure } from "../../support/problem.js";
import type { GeneratorContext } from "../context.js";
import { findHistoryPath, serializeHistory, type MigrationHistory } from "../history-store.js";
import { selectRenames } from "../migrations/kept-answers.js";
import { findMigrationDatabase, recordSteps } from "../migrations/stage-files.js";
import { dropExtension } from "../paths.js";
import type { Change, Notice, Plan } from "../plan.js";
import { renderTemplate } from "../template.js";
import { tellOfEarlier } from "./find-range.js";
import { findSquashed, type SquashedMigrations } from "./find-squashed.js";

export interface SquashRequest {
  /** The last migration to squash, by its name or the start of it; by default the newest. */
  readonly to?: string;
  /** What the new migration is called; by default `squashed`. */
  readonly name?: string;
  /** Although what was written by hand is lost with it. */
  readonly force: boolean;
}

export interface SquashPlan {
  readonly plan: Plan;
  /** The new migration, as it is written. */
  readonly file: { readonly name: string; readonly text: string };
  readonly squashed: SquashedMigrations;
  /** What the new migration does. */
  readonly operations: readonly Operation[];
}

/**
 * The plan that puts one migration in the place of all up to one: it leads to the schema that they leave, from an empty
 * database or from the last baseline among them. The new one names those that it replaces, so that databases which have
 * run them all need not run it.
 *
 * @throws AshlarError as `findSquashed` does; `squash.steps`; where the database has no way to do it
 * @example
 * const { plan } = await planSquash({ to: "20260103", force: false }, context);
 * plan.changes.map(({ kind }) => kind); // ["create", "create", "delete", "delete", "delete", …]
 */
export async function planSquash(request: SquashRequest, context: GeneratorContext): Promise<SquashPlan> {
  const squashed = findSquashed(request, context);
  const operations = decideOperations(squashed, context);
  const name = nameSquash(request.name ?? "squashed", squashed);
  const path = `${context.settings.migrations}/${name}`;
  const text = await context.formatter.formatNew(path, renderSquash(operations, squashed, context));
  const history: MigrationHistory = {
    ...{ migration: dropExtension(name), ...recordSteps({ ...squashed, operations }) },
    files: new Map([[name, hashMigration(name, text)]]),
    replaces: squashed.replaces,
  };
  const changes: readonly Change[] = [
    { kind: "create", path, after: text },
    {
      kind: "create",
      path: findHistoryPath(context.settings.migrations, name),
      after: serializeHistory(history),
    },
    ...squashed.paths.map((each) => deleteFile(each, context)),
  ];
  return {
    ...{ file: { name, text }, squashed, operations },
    plan: {
      title: describeTitle(squashed),
      changes,
      notices: [...tellOfBaseline(squashed), tellOfOthers(squashed)],
      next: ["npx ashlar migrate"],
    },
  };
}

/**
 * The steps from the schema before to the one after. A database with rows may run them, where it has nothing but the
 * baseline: so what was renamed is renamed, and rows get what they were given.
 */
function decideOperations(
  { before, after, answers }: SquashedMigrations,
  context: GeneratorContext,
): readonly Operation[] {
  const { operations, withheld } = planMigration({
    ...{ before, after, database: findMigrationDatabase(context) },
    answers: { ...answers, renames: selectRenames(answers.renames, before, after), allowed: ["all"] },
  });
  if (withheld.length === 0) return operations;
  throw failure(
    ...withheld.map(({ reason }) => ({
      code: "squash.steps",
      message: reason,
      hint: "They do it in several steps, which one cannot. Squash up to one between them: --to <migration>",
    })),
  );
}

/** The moment of the last one, so that the next ones still come after it. */
function nameSquash(name: string, { fileNames }: SquashedMigrations): string {
  const timestamp = /^\d+/.exec(fileNames.at(-1) ?? "")?.[0] ?? "0";
  const wanted = `${timestamp}_${name}.ts`;
  return fileNames.includes(wanted) ? `${timestamp}_${name}_again.ts` : wanted;
}

function renderSquash(
  operations: readonly Operation[],
  { before, replaces }: SquashedMigrations,
  context: GeneratorContext,
): string {
  const migration = renderMigration({
    ...{ operations, before, database: findMigrationDatabase(context) },
    renderTemplate: (path, locals) => renderTemplate(context, path, locals),
  });
  const names = replaces.map((each) => `  ${JSON.stringify(each)},\n`).join("");
  const reason = "/** A database that has run all of these has what this migration makes. */";
  return `${migration.trimEnd()}\n\n${reason}\nexport const replaces = [\n${names}];\n`;
}

function deleteFile(path: string, { files }: GeneratorContext): Change {
  return { kind: "delete", path, before: files.read(path) ?? "" };
}

function describeTitle({ fileNames }: SquashedMigrations): string {
  return `Squash ${fileNames.length} migrations into one`;
}

/** Why some of them are still there. */
function tellOfBaseline({ kept, earlier }: SquashedMigrations): readonly Notice[] {
  const baseline = kept.at(-1);
  if (baseline === undefined) return [];
  const [hint] = tellOfEarlier(earlier);
  return [
    {
      code: "squash.baseline",
      severity: "notice",
      message: `"${baseline}" stays as it is: databases that had its tables before are known by it.`,
      ...(hint !== undefined && { hint }),
    },
  ];
}

function tellOfOthers({ fileNames }: SquashedMigrations): Notice {
  return {
    code: "squash.others",
    severity: "warning",
    message: `A database that has run only some of them has to run the rest before it gets this: up to "${fileNames.at(-1)}".`,
    hint: "Squash what every database has run.",
  };
}
