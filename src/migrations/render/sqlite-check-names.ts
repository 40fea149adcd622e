import type { Operation, OperationOf } from "../operation.js";
import type { Snapshot } from "../snapshot.js";

/**
 * The operations with what renames the check of an enum after all that renames its table or its columns. SQLite names
 * such a check when it makes the table anew, after the table and the column as they are called then: on the way back
 * they have to be called so again first.
 *
 * @param before the schema that the first operation meets
 */
export function renameChecksLast(operations: readonly Operation[], before: Snapshot): readonly Operation[] {
  const late = new Map<number, readonly Operation[]>();
  const kept = operations.map((operation, position) => {
    const follower = isFollower(operation, before)
      ? findLastRename(operation, [...operations.entries()].slice(position + 1))
      : undefined;
    if (!follower) return operation;
    late.set(follower.position, [...(late.get(follower.position) ?? []), follower.operation]);
    return undefined;
  });
  return kept.flatMap((operation, position) => [
    ...(operation ? [operation] : []),
    ...(late.get(position) ?? []),
  ]);
}

type Rename = OperationOf<"renameConstraint">;

/** Checks of the project's own have names of their own, and are listed. */
function isFollower(operation: Operation, before: Snapshot): operation is Rename {
  if (operation.kind !== "renameConstraint" || operation.renamed.kind !== "check") return false;
  return !before.get(operation.table)?.checks?.some(({ name }) => name === operation.renamed.from);
}

interface LateRename {
  readonly position: number;
  readonly operation: Operation;
}

/** The place of the last renaming that the check has to wait for, and the same operation as it is then. */
function findLastRename(
  rename: Rename,
  later: readonly (readonly [position: number, Operation])[],
): LateRename | undefined {
  let { table } = rename;
  return later.reduce<LateRename | undefined>((found, [position, other]) => {
    const isTable = other.kind === "renameTable" && other.from === table;
    if (isTable) table = other.to;
    const isAwaited = isTable || (other.kind === "renameColumn" && other.table === table);
    return isAwaited ? { position, operation: { ...rename, table } } : found;
  }, undefined);
}
