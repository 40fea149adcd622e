/**
 * What was answered when a migration was made, told from what it does, so that nobody is asked again when it is folded
 * into another or squashed: renames, what was dropped, and the SQL for rows.
 */
import { isJsonObject, type JsonObject } from "../../migrations/json-reader.js";
import type { Operation } from "../../migrations/operation.js";
import { type MigrationAnswers, noAnswers } from "../../migrations/plan-migration.js";
import type { ColumnRename, Renames, TableRename } from "../../migrations/renames.js";
import type { Snapshot } from "../../migrations/snapshot.js";
import { buildTableKey } from "../../support/table-key.js";

/** The answers that lead to these steps. */
export function readAnswersFrom(operations: readonly Operation[]): MigrationAnswers {
  return operations.map(answerFor).reduce(followAnswers, noAnswers);
}

function answerFor(operation: Operation): MigrationAnswers {
  switch (operation.kind) {
    case "renameTable":
      return { ...noAnswers, renames: { tables: [{ from: operation.from, to: operation.to }], columns: [] } };
    case "renameColumn": {
      const { table, from, to } = operation;
      return { ...noAnswers, renames: { tables: [], columns: [{ table, from, to }] } };
    }
    case "dropTable":
      return allowLoss(buildTableKey(operation.table));
    case "dropColumn":
      return allowLoss(`${operation.table}.${operation.column.name}`);
    case "addIndex":
    case "dropIndex":
      return { ...noAnswers, allowed: [`${operation.table}.${operation.index.name}`] };
    case "fillColumn":
      return { ...noAnswers, fills: new Map([[`${operation.table}.${operation.column}`, operation.sql]]) };
    case "replaceEnum":
      return {
        ...noAnswers,
        allowed: [operation.before.name],
        casts: new Map(Object.entries(operation.using ?? {})),
      };
    case "alterColumn": {
      const name = `${operation.table}.${operation.after.name}`;
      const casts = new Map(operation.using === undefined ? [] : [[name, operation.using]]);
      return { ...noAnswers, allowed: [name], casts };
    }
    default:
      return noAnswers;
  }
}

function allowLoss(name: string): MigrationAnswers {
  return { ...noAnswers, dropped: [name], allowed: [name] };
}

/** Without what may be lost, which is needed once: whether a migration is worth an entry in its history. */
export function hasLastingAnswers({ renames, dropped, fills, casts }: MigrationAnswers): boolean {
  return renames.tables.length + renames.columns.length + dropped.length + fills.size + casts.size > 0;
}

/** Answers, and those that were given after them, as if all had been given at once. */
export function followAnswers(earlier: MigrationAnswers, later: MigrationAnswers): MigrationAnswers {
  const toFirst = (name: string): string => findFirstName(name, earlier.renames);
  const toLast = (name: string): string => findLastName(name, later.renames);
  const toLastOf = (sql: ReadonlyMap<string, string>) =>
    [...sql].map(([name, each]) => [toLast(name), each] as const);
  const allowed = [...earlier.allowed, ...later.allowed];
  return {
    renames: followRenames(withoutDropped(earlier.renames, later.dropped), later.renames),
    dropped: [...earlier.dropped.map(toLast), ...later.dropped.map(toFirst)],
    allowed: [...new Set([...allowed, ...earlier.allowed.map(toLast), ...later.allowed.map(toFirst)])],
    fills: new Map([...toLastOf(earlier.fills), ...later.fills]),
    casts: new Map([...toLastOf(earlier.casts), ...later.casts]),
  };
}

/** What a table or column was called before the renames. */
function findFirstName(name: string, { tables, columns }: Renames): string {
  const column = columns.find((each) => `${each.table}.${each.to}` === name);
  if (column !== undefined) return `${column.table}.${column.from}`;
  return tables.find(({ to }) => to === name)?.from ?? name;
}

/** What a table, or something within one, is called after the renames. */
function findLastName(name: string, { tables, columns }: Renames): string {
  const table = tables.find(({ from }) => name === from || name.startsWith(`${from}.`));
  const moved = table === undefined ? name : table.to + name.slice(table.from.length);
  const column = columns.find((each) => `${each.table}.${each.from}` === moved);
  return column === undefined ? moved : `${column.table}.${column.to}`;
}

/** What was renamed and then dropped is gone, whatever has its name afterwards. */
function withoutDropped({ tables, columns }: Renames, dropped: readonly string[]): Renames {
  return {
    tables: tables.filter(({ to }) => !dropped.includes(to)),
    columns: columns.filter(({ table, to }) => !dropped.includes(`${table}.${to}`)),
  };
}

function followRenames(earlier: Renames, later: Renames): Renames {
  const follow = (table: string): string => later.tables.find(({ from }) => from === table)?.to ?? table;
  const moved = earlier.columns.map((rename) => ({ ...rename, table: follow(rename.table) }));
  const isFollowed = (one: ColumnRename, next: ColumnRename): boolean =>
    one.table === next.table && one.to === next.from;
  return {
    tables: joinPairs(earlier.tables, later.tables, (one, next) => one.to === next.from),
    columns: joinPairs(moved, later.columns, isFollowed),
  };
}

/** `a` to `b` and then `b` to `c` is `a` to `c`; what has its first name again was not renamed. */
function joinPairs<Rename extends TableRename>(
  earlier: readonly Rename[],
  later: readonly Rename[],
  isFollowed: (one: Rename, next: Rename) => boolean,
): readonly Rename[] {
  const followed = earlier.map((one) => ({
    ...one,
    to: later.find((next) => isFollowed(one, next))?.to ?? one.to,
  }));
  const fresh = later.filter((next) => !earlier.some((one) => isFollowed(one, next)));
  return [...followed, ...fresh].filter(({ from, to }) => from !== to);
}

/** Only the renames that lead from one of the schemas to the other. */
export function selectRenames({ tables, columns }: Renames, before: Snapshot, after: Snapshot): Renames {
  const kept = tables.filter(({ from, to }) => before.has(from) && after.has(to));
  const hasColumn = (schema: Snapshot, table: string, column: string): boolean =>
    schema.get(table)?.columns.some(({ name }) => name === column) === true;
  return {
    tables: kept,
    columns: columns.filter(({ table, from, to }) => {
      const old = kept.find((each) => each.to === table)?.from ?? table;
      return hasColumn(before, old, from) && hasColumn(after, table, to);
    }),
  };
}

/** Answers as they stand in a history. */
export function serializeAnswers({ renames, fills, casts, dropped, allowed }: MigrationAnswers): JsonObject {
  return {
    renamedTables: renames.tables,
    renamedColumns: renames.columns,
    dropped,
    allowed,
    fills: Object.fromEntries(fills),
    casts: Object.fromEntries(casts),
  };
}

/** The answers of a history; what cannot be read is asked for again. */
export function parseAnswers(value: unknown): MigrationAnswers {
  if (!isJsonObject(value)) return noAnswers;
  const tables = readObjects(value["renamedTables"]).flatMap(({ from, to }) =>
    typeof from === "string" && typeof to === "string" ? [{ from, to }] : [],
  );
  const columns = readObjects(value["renamedColumns"]).flatMap(({ table, from, to }) =>
    typeof table === "string" && typeof from === "string" && typeof to === "string"
      ? [{ table, from, to }]
      : [],
  );
  return {
    renames: { tables, columns },
    dropped: readTexts(value["dropped"]),
    allowed: readTexts(value["allowed"]),
    fills: readMap(value["fills"]),
    casts: readMap(value["casts"]),
  };
}

function readObjects(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function readTexts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

function readMap(value: unknown): ReadonlyMap<string, string> {
  const entries = isJsonObject(value) ? Object.entries(value) : [];
  return new Map(entries.flatMap(([key, each]) => (typeof each === "string" ? [[key, each] as const] : [])));
}
