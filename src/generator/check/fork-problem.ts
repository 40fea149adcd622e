import type { Problem } from "../../support/problem.js";
import { isDrop, type TableLink } from "../table-links.js";
import type { Fork } from "./find-branches.js";

/** The problem `check.branches`: who changed the table apart from each other, and how it is settled. */
export function createForkProblem(key: string, fork: Fork): Problem {
  const { first, second } = fork;
  if (isDrop(first) !== isDrop(second)) return createDropProblem(key, fork);
  const renamed = [first, second].flatMap(({ migration, renamedTo }) =>
    renamedTo === undefined ? [] : [` "${migration}" calls it "${renamedTo}".`],
  );
  return {
    code: "check.branches",
    message: `The migrations "${first.migration}" and "${second.migration}" both change the table "${key}" as it was before either: two branches made them apart from each other.${renamed.join("")}`,
    hint: `${adviseOnFork(fork)}. Where others have run both, see whether they fit together as they are: npx ashlar check --prove`,
  };
}

/** How two branches become one line again. */
export function adviseOnFork({ first, second }: Fork): string {
  return `Take back the one that only your databases have run, ${undo(second)} or ${undo(first)}, then make it anew after the other: npx ashlar gen migrations`;
}

function undo({ migration }: TableLink): string {
  return `npx ashlar undo migration ${migration} --rollback`;
}

/** Made anew after the drop, the change would make the table anew without its rows: so first, is it to go at all? */
function createDropProblem(key: string, { first, second }: Fork): Problem {
  const [drop, change] = isDrop(first) ? [first, second] : [second, first];
  return {
    code: "check.branches",
    message: `The migration "${drop.migration}" drops the table "${key}", and "${change.migration}" changes it as it was before: two branches made them apart from each other.`,
    hint: `If the table is to go, delete its resource and take the change back: ${undo(change)}. If it is to stay, take the drop back: ${undo(drop)}`,
  };
}
