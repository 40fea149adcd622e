import type { Operation, OperationOf } from "./operation.js";
import { buildKeyBeside } from "./table-key.js";

const ASIDE = "moving_aside_";

/** Is it a name that something has for a moment only, and that nobody waits for? */
export function isAside(name: string): boolean {
  return name.startsWith(ASIDE);
}

type Rename = OperationOf<"renameConstraint">;

/**
 * The same operations, with one rename of each circle in two steps: where two indexes take each other's names, one of
 * them has to step aside. It happens where tables change places between schemas.
 */
export function splitRenameCircles(operations: readonly Operation[]): readonly Operation[] {
  const renames = operations.filter(isSharedName);
  const byName = new Map(renames.map((rename) => [placeOf(rename, "from"), rename]));
  const split = new Set<Rename>();
  for (const rename of renames) if (closesCircle(rename, byName, split)) split.add(rename);
  return operations.flatMap((operation) =>
    isSharedName(operation) && split.has(operation) ? stepAside(operation) : [operation],
  );
}

/** Foreign keys and checks have names for their table alone. */
function isSharedName(operation: Operation): operation is Rename {
  return (
    operation.kind === "renameConstraint" &&
    (operation.renamed.kind === "primaryKey" || operation.renamed.kind === "index")
  );
}

function placeOf({ table, renamed }: Rename, end: "from" | "to"): string {
  return buildKeyBeside(table, renamed[end]);
}

function closesCircle(start: Rename, byName: ReadonlyMap<string, Rename>, split: ReadonlySet<Rename>) {
  let next = byName.get(placeOf(start, "to"));
  const seen = new Set<Rename>();
  while (next && next !== start && !split.has(next) && !seen.has(next)) {
    seen.add(next);
    next = byName.get(placeOf(next, "to"));
  }
  return next === start;
}

function stepAside(rename: Rename): readonly Operation[] {
  const { from, to } = rename.renamed;
  const aside = `${ASIDE}${from.slice(0, 40)}`;
  return [
    { ...rename, renamed: { ...rename.renamed, to: aside } },
    { ...rename, renamed: { ...rename.renamed, from: aside, to } },
  ];
}
