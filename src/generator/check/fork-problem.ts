import type { Problem } from "../../support/problem.js";
import { findHistoryPath, type MigrationHistory } from "../history-store.js";
import type { TableLink } from "../table-links.js";
import { findFileNames } from "../undo/find-last-generated.js";
import type { Fork } from "./find-branches.js";

/** The migrations among which two branches parted. */
export interface ForkSurroundings {
  /** The oldest first. */
  readonly histories: readonly MigrationHistory[];
  /** Names of the migrations that are there. */
  readonly fileNames: readonly string[];
  /** Folder of the migrations. */
  readonly migrations: string;
}

/** The problem `check.branches`: who changed the table apart from each other, and how it is settled. */
export function createForkProblem(key: string, fork: Fork, surroundings: ForkSurroundings): Problem {
  const { first, second } = fork;
  const undo = `npx ashlar undo migration --rollback${describeRepetition(second, surroundings)}`;
  if ((first.after === null) !== (second.after === null)) {
    return createDropProblem(key, fork, { ...surroundings, undo });
  }
  return {
    code: "check.branches",
    message: `The migrations "${first.migration}" and "${second.migration}" both change the table "${key}" as it was before either: two branches made them apart from each other.`,
    hint:
      `Where only your databases have run the later one, generate it anew after the other: ${undo}, then: npx ashlar gen migrations. ` +
      "Where others have run both, see whether they fit together as they are: npx ashlar check --prove",
  };
}

function describeRepetition({ migration }: TableLink, { histories }: ForkSurroundings): string {
  return histories.at(-1)?.migration === migration ? "" : `, again until "${migration}" is taken back`;
}

/** Made anew after the drop, the change would make the table anew without its rows: so first, is it to go at all? */
function createDropProblem(
  key: string,
  { first, second }: Fork,
  { undo, ...surroundings }: ForkSurroundings & { readonly undo: string },
): Problem {
  const [drop, change] = first.after === null ? [first, second] : [second, first];
  return {
    code: "check.branches",
    message: `The migration "${drop.migration}" drops the table "${key}", and "${change.migration}" changes it as it was before: two branches made them apart from each other.`,
    hint:
      drop === second
        ? `Take the drop back: ${undo}. If the table is to go, delete its resource and drop it as it is then: npx ashlar gen migrations --allow-drop ${key}`
        : `If the table is to go, delete its resource and take the change back: ${undo}. If it is to stay, delete the drop where no database has run it: rm ${listFiles(drop, surroundings).join(" ")}`,
  };
}

function listFiles(
  { migration }: TableLink,
  { histories, fileNames, migrations }: ForkSurroundings,
): readonly string[] {
  const history = histories.find((each) => each.migration === migration);
  const names = history === undefined ? [] : findFileNames(history, fileNames);
  return [...names.map((name) => `${migrations}/${name}`), findHistoryPath(migrations, migration)];
}
