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

/** Columns give the name where they are all added or all dropped; whatever else changes goes unnamed. */
function nameAlteration(operations: readonly Operation[]): string {
  const tables = joinNames([...new Set(operations.map(findSubject))], "tables");
  const altered = operations.filter(({ kind }) => kind === "alterColumn");
  const added = operations.filter((operation) => operation.kind === "addColumn");
  const dropped = operations.filter((operation) => operation.kind === "dropColumn");
  if (altered.length === 0 && dropped.length === 0 && added.length > 0) {
    return `add_${joinColumns(added)}_to_${tables}`;
  }
  if (altered.length === 0 && added.length === 0 && dropped.length > 0) {
    return `drop_${joinColumns(dropped)}_from_${tables}`;
  }
  return `change_${tables}`;
}

function joinColumns(operations: readonly OperationOf<"addColumn" | "dropColumn">[]): string {
  return joinNames([...new Set(operations.map(({ column }) => column.name))], "columns");
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
