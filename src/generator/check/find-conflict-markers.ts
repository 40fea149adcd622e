import type { Problem } from "../../support/problem.js";
import { buildFrame } from "../source/code-frame.js";
import type { FileTree } from "../file-tree.js";

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
    return found === null ? [] : [createProblem(path, text, found.index)];
  });
}

function createProblem(path: string, text: string, offset: number): Problem {
  const location = { path, line: text.slice(0, offset).split("\n").length, column: 1 };
  return {
    code: "check.conflict",
    message: `"${path}" holds the marks of a merge that was not finished.`,
    hint:
      "Two branches changed it. Bring the resources into order, then generate the later of their migrations anew: " +
      "npx ashlar undo migration --rollback, and then: npx ashlar gen migrations",
    location,
    frame: buildFrame(text, location),
  };
}
