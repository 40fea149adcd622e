import { findEnumUses } from "../../migrations/enum-types.js";
import { findTable } from "../../migrations/operation-subject.js";
import type { Operation } from "../../migrations/operation.js";
import type { Snapshot } from "../../migrations/snapshot.js";
import { isNamedIn } from "../../migrations/sql-words.js";
import { parseTableKey } from "../../support/table-key.js";

export interface Change {
  readonly before: Snapshot;
  readonly after: Snapshot;
}

/** Up to so many tables a proof builds all of them rather than judge what triggers may touch. */
const fewTables = 40;

/**
 * The part of both schemas that a change can touch: the tables that it works on, those that refer to them, and those
 * that they refer to. What those refer to in turn is left out with the foreign keys. Statements of the project's own may
 * make what any table needs, and their triggers touch what they name.
 */
export function findConcerned(change: Change, operations: readonly Operation[]): Change {
  if (needsAll(change, operations)) return change;
  const touched = findTouched(change, operations);
  const keys = new Set([...touched, ...findNeighbours(change, touched), ...findStated(change)]);
  return { before: pick(change.before, keys), after: pick(change.after, keys) };
}

function needsAll(change: Change, operations: readonly Operation[]): boolean {
  const { before, after } = change;
  if (operations.some(({ kind }) => kind === "addStatement" || kind === "dropStatement")) return true;
  return Math.max(before.size, after.size) <= fewTables && listStatements(change).length > 0;
}

/** The keys of the tables that the operations work on, by their names on either side. */
export function findTouched(
  { before, after }: Change,
  operations: readonly Operation[],
): ReadonlySet<string> {
  const keys = operations.flatMap((operation): readonly string[] => {
    if (operation.kind === "renameTable") return [operation.from, operation.to];
    if (operation.kind === "addEnumValues" || operation.kind === "replaceEnum") {
      const { name } = operation.after;
      return [before, after].flatMap((schema) => findEnumUses(schema, name).map(({ table }) => table));
    }
    return [findTable(operation) ?? []].flat();
  });
  return new Set(keys);
}

function findNeighbours({ before, after }: Change, keys: ReadonlySet<string>): readonly string[] {
  return [...before, ...after].flatMap(([key, { foreignKeys }]) => {
    const referred = foreignKeys.map(({ references }) => references.table);
    if (keys.has(key)) return referred;
    return referred.some((other) => keys.has(other)) ? [key] : [];
  });
}

/** The tables with statements, and those that these name. */
function findStated(change: Change): readonly string[] {
  const sql = listStatements(change).flatMap(({ statement: { up, down } }) => [up, down]);
  const keys = [...change.before.keys(), ...change.after.keys()];
  const named = keys.filter((key) => sql.some((each) => isNamedIn(each, parseTableKey(key).name)));
  return [...listStatements(change).map(({ key }) => key), ...named];
}

function listStatements({ before, after }: Change) {
  return [...before, ...after].flatMap(([key, { statements = [] }]) =>
    statements.map((statement) => ({ key, statement })),
  );
}

function pick(snapshot: Snapshot, keys: ReadonlySet<string>): Snapshot {
  const picked = [...snapshot].filter(([key]) => keys.has(key));
  return new Map(
    picked.map(([key, table]) => {
      const foreignKeys = table.foreignKeys.filter(({ references }) => keys.has(references.table));
      return [key, { ...table, foreignKeys }];
    }),
  );
}
