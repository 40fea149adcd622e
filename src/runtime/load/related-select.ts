import type { Knex } from "knex";
import { plainSql } from "../mapping/fragment.js";
import { columnOf, listColumns, mapTable, type ColumnMap, type TableMap } from "../mapping/table-map.js";
import { addWhere, isCut, restrict, withKey } from "../query/build-select.js";
import { readColumns, type LoadData, type QueryData } from "../query/query-data.js";
import type { Place } from "../query/render-condition.js";
import { renderList } from "../query/render-list.js";
import { renderSort } from "../query/render-sort.js";

/** A column that is read beside the record's own, under a name that no attribute has. */
export interface ExtraColumn {
  readonly column: ColumnMap;
  readonly name: string;
}

/** How the related rows of many records are read: the columns of each row and what they are for. */
export interface RelatedRead {
  readonly table: TableMap;
  readonly columns: readonly ColumnMap[];
  /** What tells the parent of a row. */
  readonly key: ExtraColumn;
  readonly join?: JoinRead;
}

/** The join row of each related row; what the record or its parent says already is not read again. */
export interface JoinRead {
  readonly table: TableMap;
  readonly source: ColumnMap;
  readonly destination: ColumnMap;
  /** The attribute of the record that holds the destination's key. */
  readonly destinationAttribute: string;
  readonly extra: readonly ExtraColumn[];
}

export function planRelatedRead({ relationship, query }: LoadData): RelatedRead {
  const { table } = query;
  const columns = readColumns(query);
  if (relationship.kind !== "manyToMany") {
    return { table, columns, key: findKey(columns, columnOf(table, relationship.destinationAttribute)) };
  }
  const join = mapTable(relationship.through, table.database);
  const source = columnOf(join, relationship.sourceAttributeOnJoinResource);
  const destination = columnOf(join, relationship.destinationAttributeOnJoinResource);
  const isKnown = columns.some(({ name }) => name === relationship.destinationAttribute);
  const rest = join.columns.filter((column) => column !== source && !(isKnown && column === destination));
  return {
    table,
    columns,
    key: { column: source, name: "$key" },
    join: {
      ...{ table: join, source, destination },
      destinationAttribute: relationship.destinationAttribute,
      extra: rest.map((column, index) => ({ column, name: `$${String(index)}` })),
    },
  };
}

/** A column that the record has anyway is not read twice. */
function findKey(columns: readonly ColumnMap[], column: ColumnMap): ExtraColumn {
  return { column, name: columns.includes(column) ? column.name : "$key" };
}

/** The one statement that reads the related rows of all these keys. */
export function buildRelatedSelect(
  knex: Knex,
  load: LoadData,
  read: RelatedRead,
  keys: readonly unknown[],
): Knex.QueryBuilder {
  const { query, relationship } = load;
  const { table, join } = read;
  const place: Place = {
    ...{ table, alias: table.table, depth: 0 },
    join: join && { table: join.table, alias: '"$j0"' },
  };
  const keyAlias = join === undefined ? place.alias : '"$j0"';
  const builder = knex
    .queryBuilder()
    .from(knex.raw(writeFrom(read, place, relationship.destinationAttribute)));
  const { type } = read.key.column.attribute;
  const keyPlace = `${keyAlias}.${read.key.column.column}`;
  const list = { values: keys, isIn: true, database: table.database };
  addWhere(builder, type.kind === "json" ? plainSql("1 = 0") : renderList(keyPlace, read.key.column, list));
  restrict(builder, query, place);
  const columns = listReadColumns(read, place.alias);
  return isCut(query)
    ? rankRows(knex, builder, { query, place, columns, keyPlace })
    : sortRows(builder.select(knex.raw(columns)), query, place);
}

function writeFrom({ join }: RelatedRead, place: Place, destinationAttribute: string): string {
  const { table } = place.table;
  if (join === undefined) return table;
  const key = `${place.alias}.${columnOf(place.table, destinationAttribute).column}`;
  return `${join.table.table} as "$j0" inner join ${table} on ${key} = "$j0".${join.destination.column}`;
}

function listReadColumns({ table, columns, key, join }: RelatedRead, alias: string): string {
  const own = listColumns(table, columns, alias);
  if (join === undefined) {
    return key.name === "$key" ? `${own}, ${listExtra(table, [key], alias)}` : own;
  }
  return `${own}, ${listExtra(join.table, [key, ...join.extra], '"$j0"')}`;
}

function listExtra(table: TableMap, extra: readonly ExtraColumn[], alias: string): string {
  return listColumns(
    table,
    extra.map(({ column, name }) => ({ ...column, name })),
    alias,
  );
}

function sortRows(builder: Knex.QueryBuilder, query: QueryData, place: Place): Knex.QueryBuilder {
  const sort = renderSort(query.sort, place);
  return sort === undefined ? builder : builder.orderByRaw(sort);
}

/** A limit holds for each parent: rows are numbered within it, and those outside the limit left out. */
function rankRows(
  knex: Knex,
  builder: Knex.QueryBuilder,
  ranking: {
    readonly query: QueryData;
    readonly place: Place;
    readonly columns: string;
    readonly keyPlace: string;
  },
): Knex.QueryBuilder {
  const { query, place, columns, keyPlace } = ranking;
  const { limit, offset = 0 } = query;
  const order = renderSort(withKey(query), place) ?? "1";
  const rank = `row_number() over (partition by ${keyPlace} order by ${order}) as "$rank"`;
  const ranked = knex
    .queryBuilder()
    .select("*")
    .from(builder.select(knex.raw(`${columns}, ${rank}`)).as("ranked"))
    .whereRaw('"$rank" > ?', [offset]);
  if (limit !== undefined) ranked.whereRaw('"$rank" <= ?', [offset + limit]);
  return ranked.orderByRaw('"$rank"');
}
