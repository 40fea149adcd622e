import { type MigrationAnswers, noAnswers } from "../../migrations/plan-migration.js";
import type { Snapshot } from "../../migrations/snapshot.js";
import { failure, type Problem } from "../../support/problem.js";
import type { GeneratorContext } from "../context.js";
import { findHistoryPath, readHistories, type MigrationHistory, type Replaced } from "../history-store.js";
import { isDevelopmentMigration } from "../migrations/development.js";
import { followAnswers } from "../migrations/kept-answers.js";
import { dropExtension } from "../paths.js";
import { readSnapshots } from "../snapshot-store.js";
import { rewindMigrations } from "../table-states.js";
import { listEditedFiles } from "../undo/find-edited.js";
import { findFileNames } from "../undo/find-generated.js";
import { findRange } from "./find-range.js";

/** The migrations that a squash takes the place of. */
export interface SquashedMigrations {
  /** Those that run before them and stay; the last is a baseline. */
  readonly kept: readonly string[];
  /** The last of those before the baseline that could be squashed as well. */
  readonly earlier: string | undefined;
  /** In the order they run. */
  readonly fileNames: readonly string[];
  /** Them, and what those stand for that are squashes themselves. */
  readonly replaces: readonly Replaced[];
  /** Their files and those of their histories. */
  readonly paths: readonly string[];
  /** The schema that they start from. */
  readonly before: Snapshot;
  /** The schema that they leave. */
  readonly after: Snapshot;
  /** What was answered when they were made, as if all had been asked at once. */
  readonly answers: MigrationAnswers;
}

/**
 * The migrations up to one, after the last baseline, and what they leave.
 *
 * @throws AshlarError `squash.dev`, `squash.branches`; `squash.by_hand` and `squash.edited`, unless forced; as `findRange`,
 * `readHistories` and `readSnapshots` do
 */
export function findSquashed(
  { to, force }: { readonly to?: string; readonly force: boolean },
  context: GeneratorContext,
): SquashedMigrations {
  const { files, settings } = context;
  const histories = readHistories(files, settings.migrations);
  const { kept, folded: fileNames, earlier } = findRange(to, histories, context);
  refuseDevelopment(fileNames);
  const inside = histories.filter((history) => findFileNames(history, fileNames).length > 0);
  if (!force) refuseByHand({ fileNames, inside }, context);
  const first = histories.filter((history) => findFileNames(history, kept).length > 0);
  const rest = { histories, snapshot: readSnapshots(context) };
  return {
    ...{ kept, earlier, fileNames },
    paths: [
      ...fileNames.map((name) => `${settings.migrations}/${name}`),
      ...inside.map(({ migration }) => findHistoryPath(settings.migrations, migration)),
    ],
    replaces: fileNames.map((name) => findReplaced(name, inside)),
    // Tables that no history knows were made by what is squashed, where nothing comes before it.
    before: kept.length === 0 ? new Map() : rewindTo(first, rest),
    after: rewindTo([...first, ...inside], rest),
    answers: inside.map(({ answers = noAnswers }) => answers).reduce(followAnswers, noAnswers),
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

/** The schema as these leave it, of all that there are. */
function rewindTo(left: readonly MigrationHistory[], { histories, snapshot }: Rest): Snapshot {
  const gone = histories.filter((history) => !left.includes(history));
  const rewound = rewindMigrations(snapshot, histories, gone);
  if (rewound.unknown.length === 0) return rewound.snapshot;
  throw failure(
    ...rewound.unknown.map((key) => ({
      code: "squash.branches",
      message: `Two branches changed the table "${key}", and what it was after "${left.at(-1)?.migration}" is not to be told from the merge.`,
      hint: "Squash up to a migration before or after both: --to <migration>",
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

interface Range {
  readonly fileNames: readonly string[];
  readonly inside: readonly MigrationHistory[];
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
    hint: "Squash up to the one before it: --to <migration>. What new databases would go without: npx ashlar squash --force --dry-run",
  };
}
