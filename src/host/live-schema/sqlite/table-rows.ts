import { groupByTable } from "../group-by-table.js";
import type { ColumnRow, ForeignKeyRow, IndexRow, MasterRows, TableRow } from "./master.js";
import { parseTable, type ParsedConstraint, type ParsedTable } from "./parse-table.js";

/** All that SQLite says of one table. */
export interface TableRows {
  readonly table: TableRow;
  readonly columns: readonly ColumnRow[];
  readonly indexes: readonly IndexRow[];
  readonly foreignKeys: readonly ForeignKeyRow[];
  /** What stands in the statement that made it. */
  readonly parsed: ParsedTable;
  /** Another table by its name, which is the same in whatever case. */
  readonly findOther: (
    name: string,
  ) => { readonly name: string; readonly columns: readonly ColumnRow[] } | undefined;
}

export function groupRows({ tables, columns, indexes, foreignkeys }: MasterRows): readonly TableRows[] {
  const [columnsOf, indexesOf, foreignKeysOf] = [
    groupByTable(columns),
    groupByTable(indexes),
    groupByTable(foreignkeys),
  ];
  const names = new Map(tables.map(({ name }) => [name.toLowerCase(), name]));
  const findOther: TableRows["findOther"] = (asked) => {
    const name = names.get(asked.toLowerCase());
    return name === undefined ? undefined : { name, columns: columnsOf(name) };
  };
  return tables.map((table) => ({
    table,
    columns: columnsOf(table.name),
    indexes: indexesOf(table.name),
    foreignKeys: foreignKeysOf(table.name),
    parsed: parseTable(table.kind === "table" ? table.sql : ""),
    findOther,
  }));
}

type OfKind<Kind extends ParsedConstraint["kind"]> = Extract<ParsedConstraint, { kind: Kind }>;

/** What the statement says of one kind. */
export function listKind<Kind extends ParsedConstraint["kind"]>(
  { parsed }: TableRows,
  kind: Kind,
): readonly OfKind<Kind>[] {
  return parsed.constraints.filter((constraint): constraint is OfKind<Kind> => constraint.kind === kind);
}

/** Names are the same in whatever case. */
export function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

export function hasColumns(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name, position) => isSame(name, other[position] ?? ""));
}
