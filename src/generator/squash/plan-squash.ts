import { hashMigration } from "../../migrations/file-hash.js";
import { diffSnapshots } from "../../migrations/diff.js";
import type { Operation } from "../../migrations/operation.js";
import { renderMigration } from "../../migrations/render.js";
import type { Snapshot } from "../../migrations/snapshot.js";
import type { GeneratorContext } from "../context.js";
import { findHistoryPath, hashTable, serializeHistory, type MigrationHistory } from "../history-store.js";
import { findMigrationDatabase } from "../migrations/stage-files.js";
import { dropExtension } from "../paths.js";
import type { Change, Notice, Plan } from "../plan.js";
import { renderTemplate } from "../template.js";
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
  /** What it makes of an empty database. */
  readonly after: Snapshot;
  readonly operations: readonly Operation[];
}

/**
 * The plan that puts one migration in the place of all up to one: it makes the schema that they leave. The new one
 * names those that it replaces, so that databases which have run them all need not run it.
 *
 * @throws AshlarError as `findSquashed` does; where the database has no way to do it
 * @example
 * const { plan } = await planSquash({ to: "20260103", force: false }, context);
 * plan.changes.map(({ kind }) => kind); // ["create", "create", "delete", "delete", "delete", …]
 */
export async function planSquash(request: SquashRequest, context: GeneratorContext): Promise<SquashPlan> {
  const squashed = findSquashed(request, context);
  const operations = diffSnapshots(new Map(), squashed.snapshot);
  const name = nameSquash(request.name ?? "squashed", squashed);
  const path = `${context.settings.migrations}/${name}`;
  const text = await context.formatter.formatNew(path, renderSquash(operations, squashed, context));
  const history = createHistory({ name, text }, squashed);
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
    ...{ file: { name, text }, after: squashed.snapshot, operations },
    plan: {
      title: describeTitle(squashed),
      changes,
      notices: [tellOfOthers(squashed)],
      next: ["npx ashlar migrate"],
    },
  };
}

/** The moment of the last one, so that the next ones still come after it. */
function nameSquash(name: string, { fileNames }: SquashedMigrations): string {
  const timestamp = /^\d+/.exec(fileNames.at(-1) ?? "")?.[0] ?? "0";
  const wanted = `${timestamp}_${name}.ts`;
  return fileNames.includes(wanted) ? `${timestamp}_${name}_again.ts` : wanted;
}

function renderSquash(
  operations: readonly Operation[],
  { replaces }: SquashedMigrations,
  context: GeneratorContext,
): string {
  const migration = renderMigration({
    ...{ operations, before: new Map(), database: findMigrationDatabase(context) },
    renderTemplate: (path, locals) => renderTemplate(context, path, locals),
  });
  const names = replaces.map((each) => `  ${JSON.stringify(each)},\n`).join("");
  const reason = "/** A database that has run all of these has what this migration makes. */";
  return `${migration.trimEnd()}\n\n${reason}\nexport const replaces = [\n${names}];\n`;
}

function createHistory(
  { name, text }: SquashPlan["file"],
  { snapshot, replaces }: SquashedMigrations,
): MigrationHistory {
  const keys = [...snapshot.keys()].sort();
  return {
    migration: dropExtension(name),
    before: new Map(keys.map((key) => [key, null])),
    after: new Map([...snapshot].map(([key, table]) => [key, hashTable(table)])),
    files: new Map([[name, hashMigration(name, text)]]),
    replaces,
  };
}

function deleteFile(path: string, { files }: GeneratorContext): Change {
  return { kind: "delete", path, before: files.read(path) ?? "" };
}

function describeTitle({ fileNames }: SquashedMigrations): string {
  return `Squash ${fileNames.length} migrations into one`;
}

function tellOfOthers({ fileNames }: SquashedMigrations): Notice {
  return {
    code: "squash.others",
    severity: "warning",
    message: `A database that has run only some of them has to run the rest before it gets this: up to "${fileNames.at(-1)}".`,
    hint: "Squash what every database has run.",
  };
}
