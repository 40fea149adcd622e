import { toSnakeCase } from "../support/casing.js";
import type { Operation, OperationKind, OperationOf } from "./operation.js";
import { findSubject } from "./operation-subject.js";

/** More than this many names are counted instead. */
const MAXIMUM_NAMES = 3;

/**
 * What a migration is called when nobody says it, in snake_case and without the time.
 *
 * @param options.isJoin whether a created table belongs to a join resource
 * @example
 * findDefaultMigrationName([{ kind: "createTable", table: userTasks }], { isJoin: true }); // "create_user_tasks_join_table"
 */
export function findDefaultMigrationName(
  operations: readonly Operation[],
  { isJoin }: { readonly isJoin: boolean } = { isJoin: false },
): string {
  const created = namesOf(operations, "createTable");
  if (created.length > 0) return `create_${joinNames(created, "tables")}${isJoin ? "_join_table" : ""}`;
  const dropped = namesOf(operations, "dropTable");
  return dropped.length > 0 ? `drop_${joinNames(dropped, "tables")}` : nameAlteration(operations);
}

function namesOf(operations: readonly Operation[], kind: OperationKind): readonly string[] {
  return operations.filter((operation) => operation.kind === kind).map(findSubject);
}

/** Renames and columns give the name where they are all that there is; whatever else changes goes unnamed. */
function nameAlteration(operations: readonly Operation[]): string {
  const relevant = operations.filter((operation) => !isPartOfAnother(operation, operations));
  const tables = joinNames([...new Set(relevant.map(findSubject))], "tables");
  const [rename] = relevant;
  if (relevant.length === 1 && rename?.kind === "renameTable") return `rename_${nameRename(rename)}`;
  if (relevant.length === 1 && rename?.kind === "renameColumn") {
    return `rename_${nameRename(rename)}_in_${tables}`;
  }
  const isOnly = (kind: "addColumn" | "dropColumn") =>
    relevant.some((operation) => operation.kind === kind) && !relevant.some(isOtherThan(kind));
  if (isOnly("addColumn")) return `add_${joinColumns(relevant)}_to_${tables}`;
  if (isOnly("dropColumn")) return `drop_${joinColumns(relevant)}_from_${tables}`;
  return `change_${tables}`;
}

/** What only comes with a change that has the name: its schema or type, the steps of a required column, new names of keys. */
function isPartOfAnother(operation: Operation, operations: readonly Operation[]): boolean {
  if (operation.kind === "alterColumn") {
    const { table, after } = operation;
    return operations.some(
      (other) => other.kind === "addColumn" && other.table === table && other.column.name === after.name,
    );
  }
  return incidental.has(operation.kind) && operations.some(({ kind }) => !incidental.has(kind));
}

const incidental: ReadonlySet<OperationKind> = new Set([
  "createSchema",
  "dropSchema",
  "createEnum",
  "dropEnum",
  "fillColumn",
  "renameConstraint",
]);

function isOtherThan(kind: "addColumn" | "dropColumn") {
  const others: readonly OperationKind[] = [
    "addColumn",
    "dropColumn",
    "alterColumn",
    "renameTable",
    "renameColumn",
  ];
  return (operation: Operation) => operation.kind !== kind && others.includes(operation.kind);
}

function nameRename({ from, to }: OperationOf<"renameTable" | "renameColumn">): string {
  return `${toSnakeCase(from)}_to_${toSnakeCase(to)}`;
}

function joinColumns(operations: readonly Operation[]): string {
  const names = operations.flatMap((operation) =>
    operation.kind === "addColumn" || operation.kind === "dropColumn" ? [operation.column.name] : [],
  );
  return joinNames([...new Set(names)], "columns");
}

function joinNames(names: readonly string[], plural: string): string {
  return names.length > MAXIMUM_NAMES ? `${names.length}_${plural}` : names.map(toSnakeCase).join("_and_");
}

export interface MigrationFileRequest {
  readonly name: string;
  readonly now: Date;
  /** Names of the migration files that are there, in any order. */
  readonly existing: readonly string[];
}

/**
 * The name of a migration's file: the moment in UTC and the name. Where the clock is behind the newest migration, it
 * comes a second after that one, so that Knex runs it last.
 *
 * @example
 * buildMigrationFileName({ name: "create users", now: new Date("2026-11-22T19:00:00Z"), existing: [] }); // "20261122190000_create_users.ts"
 */
export function buildMigrationFileName({ name, now, existing }: MigrationFileRequest): string {
  const newest = existing.flatMap(readTimestamp).sort().at(-1);
  const wanted = formatTimestamp(now);
  const timestamp = newest !== undefined && wanted <= newest ? addSecond(newest) : wanted;
  return `${timestamp}_${toSnakeCase(name)}.ts`;
}

function readTimestamp(fileName: string): readonly string[] {
  return /^(\d{14})_/.exec(fileName)?.slice(1) ?? [];
}

function formatTimestamp(moment: Date): string {
  return moment.toISOString().replaceAll(/\D/g, "").slice(0, 14);
}

function addSecond(timestamp: string): string {
  const [year = 0, month = 1, day, hours, minutes, seconds = 0] = (
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(timestamp)?.slice(1) ?? []
  ).map(Number);
  return formatTimestamp(new Date(Date.UTC(year, month - 1, day, hours, minutes, seconds + 1)));
}
