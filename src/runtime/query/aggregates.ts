import { InvalidError } from "../errors/errors.js";
import type { Issue } from "../errors/issue.js";
import { castStored, columnOf, mapTable, type ColumnMap, type TableMap } from "../mapping/table-map.js";
import type { RelationshipDefinition } from "../resource-definition.js";
import { currentKnex, send, type Row, type Session } from "../session/session.js";
import { buildSelect, isCut } from "./build-select.js";
import { selectedSql } from "../values/selected-sql.js";
import { isPlainObject } from "./parse-attribute-filter.js";
import type { QueryData } from "./query-data.js";
import { withoutLock } from "./read.js";
import { relatedRows, type Place } from "./render-condition.js";

const figures = ["count", "sum", "avg", "min", "max"] as const;

type Figure = (typeof figures)[number];

/** One figure: over a column of the records, or of those a relationship leads to; no column where rows are counted. */
interface Aggregate {
  readonly name: string;
  readonly figure: Figure;
  readonly relationship?: RelationshipDefinition | undefined;
  readonly column?: ColumnMap | undefined;
}

/** Works out figures over all records of a query, in one statement. */
export async function readAggregates(session: Session, query: QueryData, specs: unknown): Promise<object> {
  const aggregates = parseSpecs(query.table, specs);
  const knex = currentKnex(session);
  // Which rows they are, the sort says.
  const isChosen = isCut(query) || query.distinct !== undefined;
  const rows = { ...withoutLock(query), loads: [], sort: isChosen ? query.sort : [] };
  const place: Place = { table: query.table, alias: '"counted"', depth: 0 };
  const counted = buildSelect(knex, rows)
    .clearSelect()
    .select(knex.raw(`${query.table.table}.*`));
  const builder = knex
    .queryBuilder()
    .select(knex.raw(aggregates.map((each, index) => renderAggregate(each, place, index)).join(", ")))
    .from(counted.as("counted"));
  const statement = { resource: query.table.definition, operation: "read" } as const;
  const [row = {}] = await send<Row[]>(session, builder, statement);
  return Object.fromEntries(
    aggregates.map((each, index) => [each.name, readFigure(each, row[`$${String(index)}`])]),
  );
}

/** Under a name of ours: PostgreSQL would cut a long one. */
function renderAggregate(aggregate: Aggregate, place: Place, index: number): string {
  const { relationship, figure, column } = aggregate;
  const sql =
    relationship === undefined ? renderOwn(aggregate, place) : renderRelated(aggregate, relationship, place);
  const isOfType = column !== undefined && figure !== "count" && figure !== "avg";
  const select = isOfType ? selectedSql(column.attribute.type, place.table.database) : undefined;
  return `${select === undefined ? sql : select(sql)} as "$${String(index)}"`;
}

function renderOwn({ figure, column }: Aggregate, { alias }: Place): string {
  return `${figure}(${column === undefined ? "*" : `${alias}.${column.column}`})`;
}

/** One subquery for each record, and the figure over all of them. An average is the sum by the count. */
function renderRelated(aggregate: Aggregate, relationship: RelationshipDefinition, place: Place): string {
  const related = relatedRows(relationship, place);
  const over = (figure: Figure): string =>
    `(select ${renderOwn({ ...aggregate, figure }, related.place)} from ${related.from} where ${related.link})`;
  if (aggregate.figure === "count") return `coalesce(sum(${over("count")}), 0)`;
  if (aggregate.figure === "avg") return `sum(${over("sum")}) * 1.0 / nullif(sum(${over("count")}), 0)`;
  return `${aggregate.figure}(${over(aggregate.figure)})`;
}

function readFigure({ figure, column }: Aggregate, value: unknown): unknown {
  if (figure === "count") return Number(value);
  if (value === null || value === undefined) return null;
  if (figure === "avg" || column === undefined) return Number(value);
  if (figure === "sum" && column.attribute.type.kind === "integer") return Number(value);
  if (figure === "sum" && column.attribute.type.kind === "float") return Number(value);
  return castStored(column, value);
}

function parseSpecs(table: TableMap, specs: unknown): Aggregate[] {
  if (!isPlainObject(specs) || Object.keys(specs).length === 0) throw createSpecError([]);
  return Object.entries(specs).map(([name, spec]) => parseSpec(table, name, spec));
}

function parseSpec(table: TableMap, name: string, spec: unknown): Aggregate {
  if (spec === "count") return { name, figure: "count" };
  const [entry, ...more] = isPlainObject(spec) ? Object.entries(spec) : [];
  const figure = figures.find((each) => each === entry?.[0]);
  if (entry === undefined || figure === undefined || more.length > 0) throw createSpecError([name]);
  const target = parseTarget(table, entry[1]);
  if (target === undefined || (figure !== "count" && target.column === undefined))
    throw createSpecError([name]);
  if (!suits(figure, target.column)) throw createUnsuitableError(name, figure, target.column);
  return { name, figure, ...target };
}

type Target = Pick<Aggregate, "relationship" | "column">;

function parseTarget(table: TableMap, target: unknown): Target | undefined {
  if (typeof target === "string") {
    const column = table.byName.get(target);
    return column ? { column } : wrapRelationship(findRelationship(table, target));
  }
  const [entry, ...more] = isPlainObject(target) ? Object.entries(target) : [];
  const relationship = entry && findRelationship(table, entry[0]);
  if (relationship === undefined || more.length > 0 || typeof entry?.[1] !== "string") return undefined;
  const destination = mapTable(relationship.destination, table.database);
  if (!destination.byName.has(entry[1])) return undefined;
  return { relationship, column: columnOf(destination, entry[1]) };
}

function wrapRelationship(relationship: RelationshipDefinition | undefined): Target | undefined {
  return relationship && { relationship };
}

function findRelationship({ definition }: TableMap, name: string): RelationshipDefinition | undefined {
  return definition.relationships.find((relationship) => relationship.name === name);
}

const numbers = new Set(["integer", "bigint", "float", "decimal"]);
const unordered = new Set(["json", "array", "binary", "boolean", "uuid"]);

function suits(figure: Figure, column: ColumnMap | undefined): boolean {
  if (column === undefined || figure === "count") return true;
  const { kind } = column.attribute.type;
  return figure === "sum" || figure === "avg" ? numbers.has(kind) : !unordered.has(kind);
}

function createUnsuitableError(name: string, figure: Figure, column: ColumnMap | undefined): InvalidError {
  const { name: attribute = "", type } = column?.attribute ?? {};
  return createError({
    code: "aggregate.unsuitable",
    message: `There is no "${figure}" of "${attribute}", which is of the type ${type?.kind ?? "unknown"}.`,
    path: ["aggregate", name],
  });
}

function createSpecError(path: Issue["path"]): InvalidError {
  return createError({
    code: "aggregate.invalid",
    message: "An aggregate names one figure and what it is taken of.",
    hint: 'For example { total: { sum: "points" }, tasks: { count: "tasks" } }.',
    path: ["aggregate", ...path],
  });
}

function createError(issue: Issue): InvalidError {
  return new InvalidError([issue]);
}
