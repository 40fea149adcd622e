import type { AttributeType } from "../../../runtime/attribute-type.js";
import type { MigrationDatabase } from "../../../migrations/render/source.js";
import type { ColumnSnapshot, ForeignKeySnapshot, TableSnapshot } from "../../../migrations/snapshot.js";
import { sampleValue } from "./sample-value.js";

/** The values of a row by their columns, as texts. */
export type Row = Readonly<Record<string, string | null>>;

export interface RowRequest {
  readonly table: TableSnapshot;
  /** The same table on the other side of the change, whose rules the row is to meet too. */
  readonly other: TableSnapshot | undefined;
  readonly database: MigrationDatabase;
  readonly number: number;
  readonly flavour: number;
  /** The rows that a foreign key may point at, by the key of their table. */
  readonly findRows: (table: string) => readonly Row[];
}

/** A row for the table; undefined where a foreign key that has to point somewhere has nowhere to point. */
export function buildRow(request: RowRequest): Row | undefined {
  const given = request.table.columns
    .filter(isGiven)
    .map((column) => [column.name, buildValue(column, request)] as const);
  const pointed = listForeignKeys(request).map((foreignKey, place) =>
    pointSomewhere(foreignKey, place, request),
  );
  if (pointed.includes(undefined)) return undefined;
  const row: Record<string, string | null> = Object.fromEntries(given);
  for (const values of pointed) Object.assign(row, values);
  return row;
}

/** Does the row bring the value, or does the database make it? */
function isGiven({ default: given, generatedAs }: ColumnSnapshot): boolean {
  return generatedAs === undefined && given?.kind !== "increment" && given?.kind !== "identity";
}

/** Every fourth kind of row leaves out what may be left out. */
function buildValue(
  column: ColumnSnapshot,
  { table, other, database, number, flavour }: RowRequest,
): string | null {
  const there = other?.columns.find(({ name }) => name === column.name);
  const isOptional = column.nullable && there?.nullable !== false && !isInKey(column, table);
  if (isOptional && (number === 3) === (flavour % 4 === 0)) return null;
  const literals = findLiterals(column.name, [table, other]);
  const literal = flavour > 4 ? literals[(flavour - 5) % Math.max(1, literals.length)] : undefined;
  const types: readonly AttributeType[] = there === undefined ? [column.type] : [column.type, there.type];
  return literal ?? sampleValue({ types, database, number, flavour });
}

function isInKey({ name }: ColumnSnapshot, { primaryKey }: TableSnapshot): boolean {
  return primaryKey?.columns.includes(name) ?? false;
}

/** The values that checks speak of beside the column: most ask for one of them, or for a number next to one. */
function findLiterals(column: string, tables: readonly (TableSnapshot | undefined)[]): readonly string[] {
  const checks = tables.flatMap((table) => table?.checks ?? []).filter(({ sql }) => sql.includes(column));
  return checks.flatMap(({ sql }) =>
    [...sql.matchAll(/'((?:[^']|'')*)'|(?<![\w"])(\d+(?:\.\d+)?)/g)].flatMap(([, text, number]) =>
      text === undefined
        ? [String(Number(number) + 1), String(Number(number) - 1), number ?? ""]
        : [text.replaceAll("''", "'")],
    ),
  );
}

/** Those of both sides, as far as the columns are there. */
function listForeignKeys({ table, other }: RowRequest): readonly ForeignKeySnapshot[] {
  const own = new Set(table.columns.map(({ name }) => name));
  const more = (other?.foreignKeys ?? []).filter(({ columns }) => columns.every((name) => own.has(name)));
  const names = new Set(table.foreignKeys.map(({ name }) => name));
  return [...table.foreignKeys, ...more.filter(({ name }) => !names.has(name))];
}

/** Rows that stand side by side point at different ones, so that pairs of them are unique. */
function pointSomewhere(foreignKey: ForeignKeySnapshot, place: number, request: RowRequest): Row | undefined {
  const { columns, references } = foreignKey;
  const rows = request.findRows(references.table);
  const target = rows[(request.number - 1 + place + request.flavour) % Math.max(1, rows.length)];
  if (target !== undefined && references.columns.every((name) => name in target)) {
    return Object.fromEntries(
      columns.map((name, at) => [name, target[references.columns[at] ?? ""] ?? null]),
    );
  }
  const optional = columns.filter(
    (name) => request.table.columns.find((column) => column.name === name)?.nullable,
  );
  return optional.length === 0 ? undefined : Object.fromEntries(optional.map((name) => [name, null]));
}
