import type {
  CheckSnapshot,
  ColumnSnapshot,
  ForeignKeySnapshot,
  IndexSnapshot,
  PrimaryKeySnapshot,
  ReferentialAction,
  TableSnapshot,
} from "../../../migrations/snapshot.js";
import { buildTableKey } from "../../../migrations/table-key.js";
import { checkName, foreignKeyName, indexName, primaryKeyName } from "../../../support/constraint-names.js";
import { removeParentheses } from "../postgres/literal.js";
import { readColumnDefault } from "./column-default.js";
import { readColumnType } from "./column-type.js";
import { foldEnumChecks } from "./enum-check.js";
import type { ColumnRow, ForeignKeyRow, IndexRow, MasterRows, TableRow } from "./master.js";
import { parseIndex } from "./parse-index.js";
import { parseTable, type ParsedConstraint } from "./parse-table.js";

/** The table as a snapshot says it. A constraint that was made without a name gets the one that ashlar would give. */
export function readTable({ name, sql }: TableRow, rows: MasterRows): TableSnapshot {
  const { constraints } = parseTable(sql);
  const columnRows = rows.columns.filter((row) => row.table === name);
  const primaryKey = readPrimaryKey(name, columnRows, constraints);
  const { columns, checks } = foldEnumChecks(name, {
    columns: columnRows.map((row) => readColumn(row, columnRows, constraints)),
    checks: readChecks(name, constraints),
  });
  return {
    name,
    columns,
    ...(primaryKey && { primaryKey }),
    indexes: rows.indexes
      .filter((row) => row.table === name && row.origin !== "pk")
      .map((row) => readIndex(row, constraints)),
    foreignKeys: readForeignKeys(name, rows, constraints),
    ...(checks.length > 0 && { checks }),
  };
}

type OfKind<Kind extends ParsedConstraint["kind"]> = Extract<ParsedConstraint, { kind: Kind }>;

function listKind<Kind extends ParsedConstraint["kind"]>(
  constraints: readonly ParsedConstraint[],
  kind: Kind,
): readonly OfKind<Kind>[] {
  return constraints.filter((constraint): constraint is OfKind<Kind> => constraint.kind === kind);
}

function readPrimaryKey(
  table: string,
  columns: readonly ColumnRow[],
  constraints: readonly ParsedConstraint[],
): PrimaryKeySnapshot | undefined {
  const key = columns.filter((row) => row.key > 0).toSorted((one, other) => one.key - other.key);
  if (key.length === 0) return undefined;
  const name = listKind(constraints, "primaryKey")[0]?.name ?? primaryKeyName(table);
  return { name, columns: key.map((row) => row.name) };
}

function readColumn(
  row: ColumnRow,
  columns: readonly ColumnRow[],
  constraints: readonly ParsedConstraint[],
): ColumnSnapshot {
  const collation = listKind(constraints, "collate").find(({ column }) =>
    isSame(column, row.name),
  )?.collation;
  const type = readColumnType(row.type, collation);
  const isNumbered = isRowId(row, columns);
  const given = isNumbered ? ({ kind: "increment" } as const) : readColumnDefault(row.default, type);
  const generated = listKind(constraints, "generated").find(({ column }) => isSame(column, row.name));
  return {
    name: row.name,
    type,
    nullable: row.required === 0 && row.key === 0,
    ...(given && { default: given }),
    ...(generated && { generatedAs: removeParentheses(generated.sql) }),
  };
}

/** A whole primary key that is declared `integer` is the row's number, which SQLite gives by itself. */
function isRowId({ type, key }: ColumnRow, columns: readonly ColumnRow[]): boolean {
  return key === 1 && type.toLowerCase() === "integer" && columns.every((row) => row.key < 2);
}

/** Names of columns are the same in whatever case. */
function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function readChecks(table: string, constraints: readonly ParsedConstraint[]): readonly CheckSnapshot[] {
  const taken = new Set<string>();
  return listKind(constraints, "check")
    .map(({ name, column, sql }) => {
      const chosen = findFree(name ?? checkName(table, column ?? "row"), taken);
      taken.add(chosen);
      return { name: chosen, sql: removeParentheses(sql) };
    })
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

function findFree(name: string, taken: ReadonlySet<string>): string {
  for (let count = 0; ; count += 1) {
    const candidate = count === 0 ? name : `${name}${count}`;
    if (!taken.has(candidate)) return candidate;
  }
}

function readIndex(row: IndexRow, constraints: readonly ParsedConstraint[]): IndexSnapshot {
  const unique = row.unique === 1;
  if (row.sql !== null) return { name: row.name, unique, ...parseIndex(row.sql) };
  const columns = (JSON.parse(row.columns) as readonly string[]).map(String);
  const name = listKind(constraints, "unique").find((constraint) =>
    hasColumns(constraint.columns, columns),
  )?.name;
  return { name: name ?? indexName(row.table, columns), columns, unique, constraint: true };
}

function hasColumns(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name, position) => isSame(name, other[position] ?? ""));
}

function readForeignKeys(
  table: string,
  { foreignkeys, columns }: MasterRows,
  constraints: readonly ParsedConstraint[],
): readonly ForeignKeySnapshot[] {
  const own = foreignkeys.filter((row) => row.table === table);
  const ids = [...new Set(own.map(({ id }) => id))];
  return ids.map((id) => {
    const rows = own.filter((row) => row.id === id);
    return readForeignKey({ table, rows, columns, constraints });
  });
}

interface ForeignKeyRows {
  readonly table: string;
  /** A row for each column. */
  readonly rows: readonly ForeignKeyRow[];
  readonly columns: readonly ColumnRow[];
  readonly constraints: readonly ParsedConstraint[];
}

function readForeignKey({ table, rows, columns, constraints }: ForeignKeyRows): ForeignKeySnapshot {
  const names = rows.map(({ from }) => from);
  const said = listKind(constraints, "foreignKey").find((constraint) =>
    hasColumns(constraint.columns, names),
  );
  const destination = rows[0]?.destination ?? "";
  const onUpdate = readAction(rows[0]?.onupdate);
  return {
    name: said?.name ?? foreignKeyName(table, names),
    columns: names,
    references: { table: buildTableKey({ name: destination }), columns: readReferenced(rows, columns) },
    onDelete: readAction(rows[0]?.ondelete),
    ...(onUpdate !== "no action" && { onUpdate }),
    ...(said?.deferrable !== undefined && { deferrable: said.deferrable }),
  };
}

/** A foreign key may leave out the columns that it refers to: they are the primary key. */
function readReferenced(rows: readonly ForeignKeyRow[], columns: readonly ColumnRow[]): readonly string[] {
  const key = columns
    .filter((row) => isSame(row.table, rows[0]?.destination ?? "") && row.key > 0)
    .toSorted((one, other) => one.key - other.key);
  return rows.map(({ to }, position) => to ?? key[position]?.name ?? "");
}

function readAction(word: string | undefined): ReferentialAction {
  const action = (word ?? "").toLowerCase();
  return action === "cascade" || action === "restrict" || action === "set null" ? action : "no action";
}
