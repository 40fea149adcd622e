import type { Problem } from "../../support/problem.js";
import { adviseOnClash, readEncounter, type Advice, type Encounter } from "./branch-encounter.js";
import { findOvertaker, type History } from "./history.js";
import type { MigrationFile } from "./migration-files.js";

/** The problem `migration.file.late`: what to do about a migration that has not run though one that comes after it has. */
export function createLateProblem(file: MigrationFile, history: History): Problem {
  const { name } = file;
  const ran = new Set(history.records.map((record) => record.name));
  const overtaker = findOvertaker(file, history, ran) ?? "";
  const { also, hint } = advise(name, readEncounter(file, ran));
  return {
    code: "migration.file.late",
    message: `The migration "${name}" has not run on this database, but "${overtaker}", which comes after it, has.${also && ` ${also}`}`,
    hint,
  };
}

const runLate = "npx ashlar migrate --allow-late";

function advise(name: string, encounter: Encounter): Advice {
  switch (encounter.kind) {
    case "unknown":
      return {
        also: "",
        hint: `If it may run now: ${runLate}. If it may not, give its file, and its file in snapshot/history if it has one, a name that sorts last.`,
      };
    case "unfinished":
      return {
        also: "Whether it may run now is not to be told from snapshots that hold the marks of a merge.",
        hint: "How to finish that: npx ashlar check",
      };
    case "fits":
      return {
        also: `Each only adds something of its own to ${encounter.tables.map((key) => `"${key}"`).join(", ")}.`,
        hint: `So it may run now: ${runLate}`,
      };
    case "clash":
      return adviseOnClash(name, encounter);
  }
}
