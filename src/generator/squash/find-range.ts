import { failure, usageError } from "../../support/problem.js";
import type { GeneratorContext } from "../context.js";
import { suggest } from "../did-you-mean.js";
import type { MigrationHistory } from "../history-store.js";
import { dropExtension } from "../paths.js";
import { findFileNames, listMigrationFiles } from "../undo/find-generated.js";

/** Which migrations a squash folds; the names of their files, in the order they run. */
export interface SquashRange {
  /** Those before, which stay: up to the last baseline, or none. */
  readonly kept: readonly string[];
  readonly folded: readonly string[];
  /** The last of those before the baseline that could be folded as well. */
  readonly earlier: string | undefined;
}

/**
 * The migrations up to one, without those up to the last baseline: databases that had its tables are known by it, and
 * it makes what these need beside themselves.
 *
 * @throws AshlarError `squash.unknown`, `squash.ambiguous`, `squash.few`
 */
export function findRange(
  to: string | undefined,
  histories: readonly MigrationHistory[],
  context: GeneratorContext,
): SquashRange {
  const all = listMigrationFiles(context.files, context.settings.migrations);
  const { kept, folded } = splitAtBaseline(all.slice(0, findEnd(to, all, histories)), context);
  const { folded: before } = splitAtBaseline(kept.slice(0, -1), context);
  const range = { kept, folded, earlier: before.length < 2 ? undefined : before.at(-1) };
  if (folded.length < 2) throw createFewError(range);
  return range;
}

function splitAtBaseline(names: readonly string[], context: GeneratorContext) {
  const start = names.findLastIndex((name) => isBaseline(name, context)) + 1;
  return { kept: names.slice(0, start), folded: names.slice(start) };
}

function isBaseline(name: string, { files, settings }: GeneratorContext): boolean {
  return /^export const baseline\b/m.test(files.read(`${settings.migrations}/${name}`) ?? "");
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

function createFewError({ kept, folded: [only], earlier }: SquashRange): Error {
  const baseline = kept.at(-1);
  const [before, after] =
    baseline === undefined ? ["", ""] : [`"${baseline}" is a baseline and stays. `, " after it"];
  return failure({
    code: "squash.few",
    message:
      only === undefined
        ? `${before}There are no migrations${after}.`
        : `${before}There is only one migration${after}, "${only}".`,
    hint: ["A squash makes one of several.", ...tellOfEarlier(earlier)].join(" "),
  });
}

/** How to fold what came before a baseline. */
export function tellOfEarlier(last: string | undefined): readonly string[] {
  return last === undefined ? [] : [`To squash those before the baseline: --to ${dropExtension(last)}`];
}
