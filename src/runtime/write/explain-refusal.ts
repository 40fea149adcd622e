/**
 * What the database left open about a refused statement, asked for afterwards: SQLite does not say which reference is missing,
 * and no database says which of several rows it refused. One question for each reference or key, and only after a failure.
 */
import { describeReferenceFailure } from "../errors/reference-issues.js";
import { InvalidError } from "../errors/errors.js";
import type { Issue } from "../errors/issue.js";
import { listReferences, type Reference } from "../errors/references.js";
import { columnOf, mapTable, type ColumnMap, type TableMap } from "../mapping/table-map.js";
import type { Tuples } from "../mapping/tuples.js";
import { findOpenTransaction, isTransaction } from "../session/open-transactions.js";
import type { Session } from "../session/session.js";
import { findExisting } from "./find-existing.js";
import { keyTextOfValues } from "./key-text.js";

/** Rows that were refused together, none of them written, by the columns of their table. */
export interface RefusedRows {
  readonly table: TableMap;
  readonly rows: Tuples;
  /** The place of each among those that were to be written; without it the row was the only one. */
  readonly places?: readonly number[] | undefined;
}

/** The error with its issues on the attributes and, of several rows, on their places, as far as that can be told. */
export async function explainRefusal(
  session: Session,
  refused: RefusedRows,
  error: unknown,
): Promise<unknown> {
  return canAsk(session) ? explainUndone(session, refused, error) : error;
}

/** The same once the transaction or the savepoint around the statement was undone. */
export async function explainUndone(
  session: Session,
  refused: RefusedRows,
  error: unknown,
): Promise<unknown> {
  if (!(error instanceof InvalidError) || !isOpen(refused, error.issues)) return error;
  const issues = await findIssues(session, refused, error.issues).catch(() => []);
  return issues.length === 0 ? error : new InvalidError(issues, { cause: error.cause });
}

/** Is anything left to be told? */
function isOpen({ places }: RefusedRows, issues: readonly Issue[]): boolean {
  return issues.some(({ path: [first] }) =>
    places === undefined ? first === undefined : typeof first !== "number",
  );
}

/** PostgreSQL answers nothing more in a transaction in which a statement failed. */
export function canAsk({ database, base }: Session): boolean {
  return database === "sqlite" || (findOpenTransaction(base) === undefined && !isTransaction(base));
}

async function findIssues(
  session: Session,
  refused: RefusedRows,
  issues: readonly Issue[],
): Promise<Issue[]> {
  const code = issues[0]?.code;
  if (code === "reference.missing") return findMissingReferences(session, refused);
  const columns = issues.flatMap(({ path: [name] }) => refused.table.byName.get(String(name)) ?? []);
  if (refused.places === undefined || columns.length < issues.length) return [];
  if (code === "attribute.taken")
    return placeAll(refused, issues, await findTaken(session, refused, columns));
  if (code === "attribute.required") return placeAll(refused, issues, findNulls(refused, columns));
  return [];
}

function placeAll(refused: RefusedRows, issues: readonly Issue[], rows: readonly number[]): Issue[] {
  return rows.flatMap((row) => issues.map((issue) => placeIssue(refused, row, issue)));
}

function placeIssue({ places }: RefusedRows, row: number, issue: Issue): Issue {
  return places === undefined ? issue : { ...issue, path: [places[row] ?? row, ...issue.path] };
}

/** Every reference of every row that leads nowhere. */
async function findMissingReferences(session: Session, refused: RefusedRows): Promise<Issue[]> {
  const found: { readonly row: number; readonly issue: Issue }[] = [];
  for (const reference of listReferences(refused.table.definition)) {
    const issue = describeMissing(refused.table, reference);
    for (const row of await findDangling(session, refused, reference)) found.push({ row, issue });
  }
  return found
    .toSorted((left, right) => left.row - right.row)
    .map(({ row, issue }) => placeIssue(refused, row, issue));
}

export function describeMissing({ definition, byName }: TableMap, { attribute }: Reference): Issue {
  const column = byName.get(attribute)?.attribute.column ?? attribute;
  const failure = { kind: "foreignKey", columns: [column] } as const;
  return describeReferenceFailure(failure, { resource: definition, operation: "create" });
}

/** The rows that refer to nothing, neither in the database nor among the rows. */
async function findDangling(
  session: Session,
  { table, rows }: RefusedRows,
  { attribute, destination, destinationAttribute }: Reference,
): Promise<number[]> {
  const target = mapTable(destination, table.database);
  const key = columnOf(target, destinationAttribute);
  const keys = rows.map((row) => keyTextOfValues([key], [valueOf(table, row, attribute)]));
  const values = rows.map((row) => [valueOf(table, row, attribute)]);
  const found = await findExisting(session, target, { columns: [key], rows: values });
  const own =
    target === table
      ? rows.map((row) => keyTextOfValues([key], [valueOf(table, row, destinationAttribute)]))
      : [];
  const known = new Set([...found, ...own]);
  return [...keys.keys()].filter((row) => {
    const key = keys[row];
    return key !== undefined && !known.has(key);
  });
}

/** The rows whose key another has, in the database or earlier among them. */
async function findTaken(
  session: Session,
  { table, rows }: RefusedRows,
  columns: readonly ColumnMap[],
): Promise<number[]> {
  const values = rows.map((row) => columns.map(({ name }) => valueOf(table, row, name)));
  const found = new Set(await findExisting(session, table, { columns, rows: values }));
  return [...values.keys()].filter((place) => {
    const key = keyTextOfValues(columns, values[place] ?? []);
    const isTaken = key !== undefined && found.has(key);
    if (key !== undefined) found.add(key);
    return isTaken;
  });
}

function findNulls({ table, rows }: RefusedRows, columns: readonly ColumnMap[]): number[] {
  return [...rows.keys()].filter((place) =>
    columns.some(({ name }) => (valueOf(table, rows[place] ?? [], name) ?? null) === null),
  );
}

function valueOf({ columns }: TableMap, row: readonly unknown[], attribute: string): unknown {
  return row[columns.findIndex(({ name }) => name === attribute)];
}
