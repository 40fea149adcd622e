import { quoteName, quoteNames, quoteTable } from "../../migrations/render/sql/names.js";
import type { ForeignKeySnapshot, Snapshot, TableSnapshot } from "../../migrations/snapshot.js";
import type { LiveSchema, UnmanagedPart, UnmanagedTable } from "./live-schema.js";

/**
 * The schema without what a database takes and a resource refuses, so that whoever makes resources of it gets those that
 * work: tables without columns, keys that are generated, and foreign keys that would set to null what may not be null.
 */
export function leaveUnsayable(schema: LiveSchema): LiveSchema {
  const unmanaged = [...schema.snapshot].flatMap(([key, table]) => describeTable(key, table));
  const left = new Set(unmanaged.map(({ key }) => key));
  const managed = [...schema.snapshot].filter(([key]) => !left.has(key));
  const isLeft = (table: TableSnapshot, foreignKey: ForeignKeySnapshot): boolean =>
    left.has(foreignKey.references.table) || isImpossible(table, foreignKey);
  const snapshot: Snapshot = new Map(
    managed.map(([key, table]) => {
      const foreignKeys = table.foreignKeys.filter((each) => !isLeft(table, each));
      return [key, foreignKeys.length < table.foreignKeys.length ? { ...table, foreignKeys } : table];
    }),
  );
  const parts = managed.flatMap(([key, table]) =>
    table.foreignKeys
      .filter((each) => isLeft(table, each))
      .map((each) => describeForeignKey(key, each, left.has(each.references.table))),
  );
  return {
    ...{ ...schema, snapshot },
    unmanaged: [...schema.unmanaged, ...unmanaged],
    parts: [...schema.parts.filter(({ table }) => !left.has(table)), ...parts],
  };
}

function hasGeneratedKey({ columns, primaryKey }: TableSnapshot): boolean {
  return columns.some(
    ({ name, generatedAs }) => generatedAs !== undefined && primaryKey?.columns.includes(name) === true,
  );
}

function isImpossible({ columns }: TableSnapshot, foreignKey: ForeignKeySnapshot) {
  const { onDelete, onUpdate, setNull = foreignKey.columns } = foreignKey;
  const own = onUpdate === "set null" ? foreignKey.columns : setNull;
  const nilifies = onDelete === "set null" || onUpdate === "set null";
  return nilifies && columns.some(({ name, nullable }) => own.includes(name) && !nullable);
}

function describeTable(key: string, table: TableSnapshot): readonly UnmanagedTable[] {
  if (table.columns.length === 0) return [{ key, kind: "table", why: "has no columns", table }];
  if (!hasGeneratedKey(table)) return [];
  const why = "has a generated column in its key, for which a resource has no words";
  return [{ key, kind: "table", why, table }];
}

function describeForeignKey(
  table: string,
  { name, columns, references, onDelete, onUpdate }: ForeignKeySnapshot,
  isOutside: boolean,
): UnmanagedPart {
  const reason = isOutside
    ? "refers to a table that migrations leave alone"
    : "sets columns to null that may not be null, which no row lets it do";
  return {
    ...{ table, kind: "foreign key", name },
    sql: `alter table ${quoteTable(table)} add constraint ${quoteName(name)} foreign key (${quoteNames(columns)}) references ${quoteTable(references.table)} (${quoteNames(references.columns)}) on delete ${onDelete}${onUpdate === undefined ? "" : ` on update ${onUpdate}`}`,
    why: `The foreign key "${name}" of "${table}" ${reason}.`,
  };
}
