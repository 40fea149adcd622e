/**
 * Several resources may see one table, each with the attributes it cares for. The table is what all of them say together;
 * where two say different things of one column, key or constraint, none of them is taken.
 */
import { groupBy } from "../support/group-by.js";
import type { Problem } from "../support/problem.js";
import { hasSameContent } from "./canonical-json.js";
import { sortByName } from "./match-named.js";
import type { ColumnSnapshot, PrimaryKeySnapshot, TableSnapshot } from "./snapshot.js";
import { buildTableKey } from "./table-key.js";

/** A table as one resource describes it. */
export interface DescribedTable {
  /** The resource's name. */
  readonly owner: string;
  readonly table: TableSnapshot;
}

export interface MergedTables {
  readonly tables: readonly TableSnapshot[];
  readonly problems: readonly Problem[];
}

/** One table for each key, in the order in which they are first met, and every disagreement. */
export function mergeTables(described: readonly DescribedTable[]): MergedTables {
  const groups = [...groupBy(described, ({ table }) => buildTableKey(table)).values()];
  return {
    tables: groups.flatMap(mergeTable),
    problems: groups.flatMap((parts) => (parts.length > 1 ? findDisagreements(parts) : [])),
  };
}

type Parts = readonly DescribedTable[];

function mergeTable(parts: Parts): readonly TableSnapshot[] {
  const tables = parts.map(({ table }) => table);
  const [first] = tables;
  if (first === undefined || tables.length === 1) return tables;
  const primaryKey = tables.find((table) => table.primaryKey)?.primaryKey;
  const comment = tables.find((table) => table.comment !== undefined)?.comment;
  const checks = distinct(tables.flatMap((table) => table.checks ?? []));
  const statements = distinct(tables.flatMap((table) => table.statements ?? []));
  return [
    {
      ...first,
      ...(comment !== undefined && { comment }),
      columns: mergeColumns(tables, primaryKey),
      ...(primaryKey && { primaryKey }),
      indexes: distinct(tables.flatMap((table) => table.indexes)),
      foreignKeys: distinct(tables.flatMap((table) => table.foreignKeys)),
      ...(checks.length > 0 && { checks: sortByName(checks) }),
      ...(statements.length > 0 && { statements }),
    },
  ];
}

/** The first of each name; others of that name are the same, or a disagreement. */
function distinct<Named extends { readonly name: string }>(things: readonly Named[]): readonly Named[] {
  return [...groupBy(things, ({ name }) => name).values()].flatMap((same) => same.slice(0, 1));
}

function mergeColumns(
  tables: readonly TableSnapshot[],
  primaryKey: PrimaryKeySnapshot | undefined,
): readonly ColumnSnapshot[] {
  const groups = groupBy(
    tables.flatMap(({ columns }) => columns),
    ({ name }) => name,
  );
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const isEverywhere = others.length + 1 === tables.length;
    const isKey = primaryKey?.columns.includes(first.name) === true;
    return [mergeColumn([first, ...others], { isEverywhere, isKey })];
  });
}

/**
 * What one resource requires another may leave out when it writes: then the column is null. A default is the column's
 * where all that declare it agree.
 */
function mergeColumn(
  same: readonly [ColumnSnapshot, ...ColumnSnapshot[]],
  { isEverywhere, isKey }: { readonly isEverywhere: boolean; readonly isKey: boolean },
): ColumnSnapshot {
  const { default: given, ...first } = same[0];
  const comment = same.find((column) => column.comment !== undefined)?.comment;
  const isAgreed = same.every((column) => hasSameContent(column.default, given));
  const isCounted = isAgreed && given?.kind === "identity";
  const nullable = !isKey && !isCounted && (!isEverywhere || same.some((column) => column.nullable));
  return {
    ...first,
    nullable,
    ...(isAgreed && given && { default: given }),
    ...(comment !== undefined && { comment }),
  };
}

/** Something that several resources name, each with what it says of it. */
interface Statement {
  readonly owner: string;
  readonly kind: "column" | "primary_key" | "index" | "foreign_key" | "check" | "statement";
  readonly name: string;
  readonly content: unknown;
}

function findDisagreements(parts: Parts): readonly Problem[] {
  const groups = groupBy(parts.flatMap(listStatements), ({ kind, name }) => `${kind} ${name}`);
  const key = parts[0] ? buildTableKey(parts[0].table) : "";
  return [...groups.values()].flatMap((same) => {
    const [first] = same;
    const other = same.find(({ content }) => !hasSameContent(content, first?.content));
    return first && other ? [describeDisagreement(key, first, other)] : [];
  });
}

function listStatements({ owner, table }: DescribedTable): readonly Statement[] {
  const list = (kind: Statement["kind"], things: readonly { readonly name: string }[] = []) =>
    things.map((content) => ({ owner, kind, name: content.name, content }));
  const columns = table.columns.map(({ name, type, generatedAs, virtual }) => ({
    ...{ name, type, generatedAs, virtual },
  }));
  const { primaryKey } = table;
  return [
    ...list("column", columns),
    ...(primaryKey ? [{ owner, kind: "primary_key" as const, name: "", content: primaryKey }] : []),
    ...list("index", table.indexes),
    ...list("foreign_key", table.foreignKeys),
    ...list("check", table.checks),
    ...list("statement", table.statements),
  ];
}

const words: Record<Statement["kind"], string> = {
  column: "the column",
  primary_key: "the primary key",
  index: "the index",
  foreign_key: "the foreign key",
  check: "the check",
  statement: "the statement",
};

function describeDisagreement(table: string, { kind, name, owner }: Statement, other: Statement): Problem {
  const what = name === "" ? words[kind] : `${words[kind]} "${name}"`;
  return {
    code: `table.${kind}.conflict`,
    message: `"${owner}" and "${other.owner}" share the table "${table}" and disagree on ${what}.`,
    hint: `Say the same in both, leave it out of one, or say { managed: false } in the one that only looks on.`,
  };
}
