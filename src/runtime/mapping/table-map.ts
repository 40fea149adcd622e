import type { AttributeDefinition } from "../attribute-type.js";
import { findRecordClass, type RecordClass } from "../definition.js";
import type { ResourceDefinition } from "../resource-definition.js";
import { createBinding, type Binding } from "../values/binding.js";
import type { DatabaseKind } from "../values/database.js";
import { selectedSql } from "../values/selected-sql.js";
import { createStoredCast, type StoredCast } from "../values/stored-cast.js";
import { createValueKey, type ValueKey } from "../values/value-key.js";
import { createPartialRecord } from "./partial-record.js";
import { quoteName } from "./quote.js";
import { createRecordMaker } from "./record-maker.js";

/** An attribute as a column of one kind of database. */
export interface ColumnMap {
  readonly attribute: AttributeDefinition;
  readonly name: string;
  /** Quoted, without a table. */
  readonly column: string;
  readonly bind: Binding | undefined;
  readonly cast: StoredCast | undefined;
  readonly keyOf: (value: unknown) => ValueKey;
}

/** A resource as a table of one kind of database. */
export interface TableMap {
  readonly definition: ResourceDefinition;
  readonly database: DatabaseKind;
  readonly recordClass: RecordClass;
  /** Quoted. */
  readonly table: string;
  readonly columns: readonly ColumnMap[];
  readonly byName: ReadonlyMap<string, ColumnMap>;
  readonly primaryKey: readonly ColumnMap[];
  /** A record without values. */
  readonly makeRecord: () => Record<string, unknown>;
  /** All columns as a `returning` lists them. */
  readonly selectList: string;
}

const maps: Record<DatabaseKind, WeakMap<ResourceDefinition, TableMap>> = {
  postgres: new WeakMap(),
  sqlite: new WeakMap(),
};

/** The table of a resource, worked out once for each kind of database. */
export function mapTable(definition: ResourceDefinition, database: DatabaseKind): TableMap {
  const known = maps[database].get(definition);
  if (known !== undefined) return known;
  const map = buildTableMap(definition, database);
  maps[database].set(definition, map);
  return map;
}

function buildTableMap(definition: ResourceDefinition, database: DatabaseKind): TableMap {
  const columns = definition.attributes.map((attribute) => buildColumnMap(attribute, database));
  const byName = new Map(columns.map((column) => [column.name, column]));
  const recordClass = findRecordClass(definition);
  const map = {
    definition,
    database,
    recordClass,
    makeRecord: createRecordMaker(recordClass),
    table: quoteTable(definition),
    columns,
    byName,
    primaryKey: columns.filter(({ attribute }) => attribute.primaryKey),
    selectList: "",
  };
  return Object.freeze({ ...map, selectList: listColumns(map, columns) });
}

function quoteTable({ schema, table }: ResourceDefinition): string {
  return schema === undefined ? quoteName(table) : `${quoteName(schema)}.${quoteName(table)}`;
}

function buildColumnMap(attribute: AttributeDefinition, database: DatabaseKind): ColumnMap {
  return {
    attribute,
    name: attribute.name,
    column: quoteName(attribute.column),
    bind: createBinding(attribute.type, database),
    cast: createStoredCast(attribute.type, database),
    keyOf: createValueKey(attribute.type),
  };
}

/** The column of an attribute that is known to be one. */
export function columnOf(table: TableMap, attribute: string): ColumnMap {
  const column = table.byName.get(attribute);
  if (column === undefined) throw new Error(`"${table.definition.name}" has no attribute "${attribute}".`);
  return column;
}

/** What is bound for a canonical value, or for null. */
export function bindValue(column: ColumnMap, value: unknown): unknown {
  return value === null || column.bind === undefined ? value : column.bind(value);
}

/** What a record holds for what the driver gave. */
export function castStored(column: ColumnMap, stored: unknown): unknown {
  return stored === null || stored === undefined || column.cast === undefined
    ? (stored ?? null)
    : column.cast(stored);
}

/**
 * Columns as a select or a `returning` lists them, under the names of their attributes.
 *
 * @example
 * listColumns(userTasks, userTasks.columns, '"t"'); // '"t"."user_id" as "userId", …'
 */
export function listColumns(table: TableMap, columns: readonly ColumnMap[], alias?: string): string {
  return columns.map((column) => selectColumn(table, column, alias)).join(", ");
}

function selectColumn({ database }: TableMap, column: ColumnMap, alias: string | undefined): string {
  const place = alias === undefined ? column.column : `${alias}.${column.column}`;
  const selected = selectedSql(column.attribute.type, database)?.(place) ?? place;
  const name = quoteName(column.name);
  return selected === place && name === column.column ? place : `${selected} as ${name}`;
}

/** A record of a row whose keys are attribute names; other keys of the row are left out, other attributes throw when read. */
export function createRecord(
  table: TableMap,
  columns: readonly ColumnMap[],
  row: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const isWhole = columns.length === table.columns.length;
  const record = isWhole ? table.makeRecord() : createPartialRecord(table, columns);
  for (const column of columns) {
    const stored = row[column.name];
    record[column.name] =
      column.cast === undefined || stored === null || stored === undefined ? stored : column.cast(stored);
  }
  return record;
}
