import type { Knex } from "knex";
import { failure, usageError } from "../../support/problem.js";
import { prepareQuery } from "../actions/prepare-query.js";
import { findAction } from "../changeset/find-action.js";
import { InvalidError } from "../errors/errors.js";
import type { Issue } from "../errors/issue.js";
import { mapTable, type TableMap } from "../mapping/table-map.js";
import type { AnyResource } from "../resource.js";
import type { RelationshipDefinition } from "../resource-definition.js";
import { currentKnex, type Session } from "../session/session.js";
import { describeGiven } from "../values/given-value.js";
import { findNearestWord } from "../values/nearest-word.js";
import { readAggregates } from "./aggregates.js";
import { buildSelect } from "./build-select.js";
import { checkSize } from "./condition-size.js";
import { findKeyFilter } from "./key-filter.js";
import { parseFilter } from "./parse-filter.js";
import { collectIssues, findColumns, requireCount, requireLock } from "./parse-query.js";
import { dropRepeatedKeys, parseSort } from "./parse-sort.js";
import { createQueryData, type LoadData, type QueryData } from "./query-data.js";
import type { LockOptions, Page, PageOptions, Query, RowLock, StreamOptions } from "./query-types.js";
import { countRows, existsRow, readOne, readOneOrThrow, readRecords } from "./read.js";
import { readPage } from "./read-page.js";
import { streamRecords } from "./stream.js";

/** A query by its data; the face that users see is `Query`. */
export class QueryBuilder {
  readonly #session: Session;
  readonly data: QueryData;

  constructor(session: Session, data: QueryData) {
    this.#session = session;
    this.data = data;
  }

  filter(filter: unknown): QueryBuilder {
    const { table, join } = this.data;
    const condition = collectIssues((issues) => parseFilter({ table, join, issues }, filter, ["filter"]));
    const conditions = [...this.data.conditions, condition];
    checkSize(conditions, table.database);
    return this.#with({ conditions });
  }

  sort(...by: readonly unknown[]): QueryBuilder {
    const { table, join, sort } = this.data;
    const keys = collectIssues((issues) =>
      by.flatMap((each, index) => parseSort({ table, join, issues }, each, ["sort", index])),
    );
    return this.#with({ sort: dropRepeatedKeys([...sort, ...keys]) });
  }

  limit(count: number): QueryBuilder {
    return this.#with({ limit: requireCount("limit", count) });
  }

  offset(count: number): QueryBuilder {
    return this.#with({ offset: requireCount("offset", count) });
  }

  select(...names: readonly unknown[]): QueryBuilder {
    return this.#with({ select: findColumns(this.data.table, "select", names) });
  }

  distinct(...names: readonly unknown[]): QueryBuilder {
    const columns = findColumns(this.data.table, "distinct", names);
    return columns.length === 0 ? this : this.#with({ distinct: columns });
  }

  lock(lock: RowLock, options: LockOptions = {}): QueryBuilder {
    return this.#with({ lock: requireLock({ ...options, lock }) });
  }

  load(name: string, build?: (query: QueryBuilder) => QueryBuilder): QueryBuilder {
    const load = buildLoad(this.#session, this.data.table, name, build);
    const others = this.data.loads.filter(({ relationship }) => relationship.name !== name);
    return this.#with({ loads: [...others, mergeLoad(this.data.loads, load, build !== undefined)] });
  }

  read(): Promise<object[]> {
    return readRecords(this.#session, this.data);
  }

  readOne(): Promise<object | null> {
    return readOne(this.#session, this.data);
  }

  readOneOrThrow(): Promise<object> {
    return readOneOrThrow(this.#session, this.data);
  }

  async get(key: unknown): Promise<object> {
    const { condition, values } = findKeyFilter(this.data.table, key);
    const data = { ...this.data, conditions: [...this.data.conditions, condition] };
    return readOneOrThrow(this.#session, data, values);
  }

  async page(options: PageOptions): Promise<Page<object>> {
    return readPage(this.#session, this.data, options);
  }

  stream(options: StreamOptions = {}): AsyncIterable<object> {
    return streamRecords(this.#session, this.data, options);
  }

  count(): Promise<number> {
    return countRows(this.#session, this.data);
  }

  exists(): Promise<boolean> {
    return existsRow(this.#session, this.data);
  }

  async aggregate(specs: unknown): Promise<object> {
    return readAggregates(this.#session, this.data, specs);
  }

  toKnex(): Knex.QueryBuilder {
    return buildSelect(currentKnex(this.#session), this.data);
  }

  toSQL(): { readonly sql: string; readonly bindings: readonly unknown[] } {
    const { sql, bindings } = this.toKnex().toSQL();
    return { sql, bindings };
  }

  #with(change: Partial<QueryData>): QueryBuilder {
    return new QueryBuilder(this.#session, { ...this.data, ...change });
  }
}

/** The query of a read action, the primary one where none is named, as users see it. */
export function createQuery<Resource extends AnyResource>(
  session: Session,
  { definition }: Resource,
  ...[name, input]: readonly unknown[]
): Query<Resource> {
  const action = typeof name === "string" ? findAction(definition, "read", name) : undefined;
  const table = mapTable(definition, session.database);
  const query =
    action === undefined
      ? createPrimaryQuery(session, table)
      : prepareQuery(new QueryBuilder(session, createQueryData(table)), table, { action, input });
  // The face is generic in the resource and in what is loaded; the builder knows only their definitions.
  return query as unknown as Query<Resource>;
}

/** The query that reads a resource where no action is named, and what it begins with remembered. */
export function createPrimaryQuery(session: Session, table: TableMap, join?: TableMap): QueryBuilder {
  const { actions } = table.definition;
  const action = actions.find(({ kind, primary }) => kind === "read" && primary);
  const query = new QueryBuilder(session, createQueryData(table, join));
  if (action?.options.prepare === undefined) return query;
  const { data } = prepareQuery(query, table, { action });
  return new QueryBuilder(session, { ...data, prepared: data });
}

/** What a load by name reads, as the function narrows it. */
export function buildLoad(
  session: Session,
  table: TableMap,
  name: string,
  build: (query: QueryBuilder) => QueryBuilder = (query) => query,
): LoadData {
  const relationship = findRelationship(table, name, ["load"]);
  const destination = mapTable(relationship.destination, table.database);
  const join =
    relationship.kind === "manyToMany" ? mapTable(relationship.through, table.database) : undefined;
  const built: unknown = build(createPrimaryQuery(session, destination, join));
  if (!(built instanceof QueryBuilder) || built.data.table !== destination) throw createBuildError(name);
  const { data } = built;
  if (data.distinct !== undefined || data.lock !== undefined) throw createLoadError(name);
  return { relationship, query: data };
}

/** The same relationship twice is loaded once: what is nested in both is loaded, and the later function decides the rest. */
function mergeLoad(loads: readonly LoadData[], load: LoadData, isNarrowed: boolean): LoadData {
  const earlier = loads.find(({ relationship }) => relationship.name === load.relationship.name);
  if (earlier === undefined) return load;
  const names = new Set(load.query.loads.map(({ relationship }) => relationship.name));
  const kept = earlier.query.loads.filter(({ relationship }) => !names.has(relationship.name));
  const base = isNarrowed ? load.query : earlier.query;
  return { ...load, query: { ...base, loads: [...kept, ...load.query.loads] } };
}

export function findRelationship(
  { definition }: TableMap,
  name: unknown,
  path: Issue["path"],
): RelationshipDefinition {
  const found = definition.relationships.find((relationship) => relationship.name === name);
  if (found !== undefined) return found;
  const names = definition.relationships.map((relationship) => relationship.name);
  const similar = typeof name === "string" ? findNearestWord(name, names) : undefined;
  throw new InvalidError([
    {
      code: "relationship.unknown",
      message: `${describeGiven(name)} is not a relationship of ${definition.name}.`,
      hint: similar === undefined ? `There are ${names.join(", ") || "none"}.` : `Did you mean ${similar}?`,
      path,
    },
  ]);
}

function createBuildError(name: string): Error {
  return usageError({
    code: "query.load.invalid",
    message: `The function in the load of "${name}" does not give back the query that it was handed.`,
    hint: `Write .load("${name}", (query) => query.sort(…)); with braces it needs a return.`,
  });
}

function createLoadError(name: string): Error {
  return failure({
    code: "query.load.unsupported",
    message: `The load of "${name}" cannot be distinct or locked.`,
    hint: "Read its records by a query of their own.",
  });
}
