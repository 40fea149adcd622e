import type { Snapshot } from "../../migrations/snapshot.js";
import { failure, usageError, type Problem } from "../../support/problem.js";
import type { GeneratorContext } from "../context.js";
import { suggest } from "../did-you-mean.js";
import { findHistoryPath, readHistories, type MigrationHistory, type Replaced } from "../history-store.js";
import { isDevelopmentMigration } from "../migrations/development.js";
import { dropExtension } from "../paths.js";
import { readSnapshots } from "../snapshot-store.js";
import { rewindMigrations } from "../table-states.js";
import { listEditedFiles } from "../undo/find-edited.js";
import { findFileNames, listMigrationFiles } from "../undo/find-generated.js";

/** The migrations that a squash takes the place of. */
export interface SquashedMigrations {
  /** In the order they run. */
  readonly fileNames: readonly string[];
  /** Them, and what those stand for that are squashes themselves. */
  readonly replaces: readonly Replaced[];
  /** Their files and those of their histories. */
  readonly paths: readonly string[];
  /** The schema that they leave. */
  readonly snapshot: Snapshot;
}

/**
 * The migrations up to one, and what they leave.
 *
 * @throws AshlarError `squash.unknown`, `squash.ambiguous`, `squash.few`, `squash.baseline`, `squash.dev`, `squash.branches`; `squash.by_hand` and `squash.edited`, unless
 * forced; as `readHistories` and `readSnapshots` do
 */
export function findSquashed(
  { to, force }: { readonly to?: string; readonly force: boolean },
  context: GeneratorContext,
): SquashedMigrations {
  const { files, settings } = context;
  const all = listMigrationFiles(files, settings.migrations);
  const histories = readHistories(files, settings.migrations);
  const fileNames = all.slice(0, findEnd(to, all, histories));
  if (fileNames.length < 2) throw createFewError(fileNames);
  refuseBaselines(fileNames, context);
  refuseDevelopment(fileNames);
  const inside = histories.filter((history) => findFileNames(history, fileNames).length > 0);
  if (!force) refuseByHand({ fileNames, inside }, context);
  const outside = histories.filter((history) => !inside.includes(history));
  return {
    fileNames,
    paths: [
      ...fileNames.map((name) => `${settings.migrations}/${name}`),
      ...inside.map(({ migration }) => findHistoryPath(settings.migrations, migration)),
    ],
    replaces: fileNames.map((name) => findReplaced(name, inside)),
    snapshot: rewindTo(inside.at(-1), outside, { histories, snapshot: readSnapshots(context) }),
  };
}

/** A squash stands for what it replaced too: a database that has run that need not have run the squash itself. */
function findReplaced(name: string, histories: readonly MigrationHistory[]): Replaced {
  const own = histories.find((history) => history.replaces && findFileNames(history, [name]).length > 0);
  return own?.replaces === undefined ? name : [name, ...own.replaces];
}

interface Rest {
  readonly histories: readonly MigrationHistory[];
  readonly snapshot: Snapshot;
}

function rewindTo(
  last: MigrationHistory | undefined,
  outside: readonly MigrationHistory[],
  { histories, snapshot }: Rest,
): Snapshot {
  const rewound = rewindMigrations(snapshot, histories, outside);
  if (rewound.unknown.length === 0) return rewound.snapshot;
  throw failure(
    ...rewound.unknown.map((key) => ({
      code: "squash.branches",
      message: `Two branches changed the table "${key}", and what it was after "${last?.migration}" is not to be told from the merge.`,
      hint: "Squash up to a migration before or after both: --to <migration>",
    })),
  );
}

/** How many of the files there are up to the last, with all files of the generation that it belongs to. */
function findEnd(
  to: string | undefined,
  all: readonly string[],
  histories: readonly MigrationHistory[],
): number {
  if (to === undefined) return all.length;
  const last = findFile(to, all);
  const own = histories.map((history) => findFileNames(history, all)).find((names) => names.includes(last));
  return Math.max(...[last, ...(own ?? [])].map((name) => all.indexOf(name))) + 1;
}

function findFile(given: string, all: readonly string[]): string {
  const whole = all.find((name) => name === given || dropExtension(name) === given);
  if (whole !== undefined) return whole;
  const [first, ...others] = given === "" ? [] : all.filter((name) => name.startsWith(given));
  if (first === undefined) {
    throw usageError({
      code: "squash.unknown",
      message: `There is no migration "${given}".`,
      hint: suggest(
        given,
        all,
        `The last are ${all
          .slice(-3)
          .map((name) => `"${name}"`)
          .join(", ")}.`,
      ),
    });
  }
  if (others.length === 0) return first;
  throw usageError({
    code: "squash.ambiguous",
    message: `"${given}" begins the names of several migrations: ${[first, ...others].map((name) => `"${name}"`).join(", ")}.`,
    hint: "Type more of the name.",
  });
}

function createFewError(fileNames: readonly string[]): Error {
  const [only] = fileNames;
  return failure({
    code: "squash.few",
    message: only === undefined ? "There are no migrations." : `There is only one migration, "${only}".`,
    hint: "A squash makes one of several.",
  });
}

interface Range {
  readonly fileNames: readonly string[];
  readonly inside: readonly MigrationHistory[];
}

/** Databases that had the tables of a baseline are told by it, and it holds what the tables need beside themselves. */
function refuseBaselines(fileNames: readonly string[], { files, settings }: GeneratorContext): void {
  const baselines = fileNames.filter((name) =>
    /^export const baseline\b/m.test(files.read(`${settings.migrations}/${name}`) ?? ""),
  );
  if (baselines.length === 0) return;
  throw failure(
    ...baselines.map((name) => ({
      code: "squash.baseline",
      message: `"${name}" is a baseline: databases that had its tables before ashlar did are known by it.`,
      hint: "It has to stay as it is, and what came after it stays with it.",
    })),
  );
}

/** They are for now, and their names say nothing. */
function refuseDevelopment(fileNames: readonly string[]): void {
  const found = fileNames.filter((name) => isDevelopmentMigration(dropExtension(name)));
  if (found.length === 0) return;
  throw failure({
    code: "squash.dev",
    message: `${found.map((name) => `"${name}"`).join(", ")} ${found.length === 1 ? "is a migration" : "are migrations"} for development, which the next one with a name takes the place of.`,
    hint: "Let it do so first: npx ashlar gen migrations --name <name>. Or squash up to a migration before: --to <migration>",
  });
}

/** What SQL does that was written by hand cannot be told from the schema, so a squash would lose it. */
function refuseByHand({ fileNames, inside }: Range, context: GeneratorContext): void {
  const known = new Set(inside.flatMap((history) => findFileNames(history, fileNames)));
  const byHand = fileNames.filter((name) => !known.has(name));
  const edited = inside.flatMap((history) =>
    listEditedFiles({ histories: [history], fileNames: findFileNames(history, fileNames) }, context),
  );
  const problems = [
    ...byHand.map((name) => createByHandProblem(name, "was written by hand", "squash.by_hand")),
    ...edited.map((name) => createByHandProblem(name, "was edited by hand", "squash.edited")),
  ];
  if (problems.length > 0) throw failure(...problems);
}

function createByHandProblem(name: string, what: string, code: string): Problem {
  return {
    code,
    message: `"${name}" ${what}: what it does beside what the snapshots say would be lost.`,
    hint: "Squash up to the one before it: --to <migration>. If nothing of it is needed for a new database: --force",
  };
}
