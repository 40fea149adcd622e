import { isAshlarError, type Problem } from "../../support/problem.js";
import type { FileTree } from "../file-tree.js";
import { readHistories, type MigrationHistory } from "../history-store.js";
import { findSnapshotPath } from "../snapshot-store.js";
import { buildFrame } from "../source/code-frame.js";
import { listLinks } from "../table-links.js";
import { findOpenForks } from "./find-branches.js";
import { adviseOnFork } from "./fork-problem.js";

const marker = /^(?:<{7}|={7}|>{7})(?: .*)?$/m;

/**
 * Files below the folder of the migrations that git left in the middle of a merge.
 *
 * @example
 * findConflictMarkers(files, "migrations"); // [{ code: "check.conflict", location: { path: "migrations/snapshot/users.json", … } }]
 */
export function findConflictMarkers(files: FileTree, migrations: string): readonly Problem[] {
  return files.list(migrations).flatMap((path) => {
    const text = files.read(path) ?? "";
    const found = text.includes("<<<<<<< ") ? marker.exec(text) : null;
    if (found === null) return [];
    return [createProblem({ path, text, offset: found.index }, adviseOnMerge(path, files, migrations))];
  });
}

/** Who changed the table of a snapshot is told by the histories. */
function adviseOnMerge(path: string, files: FileTree, migrations: string): string {
  const histories = tryReadHistories(files, migrations);
  const [fork] = histories
    .flatMap(({ after }) => [...after.keys()])
    .filter((key) => findSnapshotPath(migrations, key) === path)
    .flatMap((key) => findOpenForks(listLinks(key, histories)));
  return fork === undefined
    ? "Finish the merge, then see what is left: npx ashlar check"
    : `Two branches changed the table. Bring its resource into order. ${adviseOnFork(fork)}`;
}

function tryReadHistories(files: FileTree, migrations: string): readonly MigrationHistory[] {
  try {
    return readHistories(files, migrations);
  } catch (error) {
    if (isAshlarError(error)) return [];
    throw error;
  }
}

interface FoundMarker {
  readonly path: string;
  readonly text: string;
  readonly offset: number;
}

function createProblem({ path, text, offset }: FoundMarker, hint: string): Problem {
  const location = { path, line: text.slice(0, offset).split("\n").length, column: 1 };
  return {
    code: "check.conflict",
    message: `"${path}" holds the marks of a merge that was not finished.`,
    hint,
    location,
    frame: buildFrame(text, location),
  };
}
