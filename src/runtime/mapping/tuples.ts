import { renderList } from "../query/render-list.js";
import { bindList, unnestType } from "../values/list-binding.js";
import { joinFragments, type Fragment } from "./fragment.js";
import { bindValue, type ColumnMap, type TableMap } from "./table-map.js";

/** Rows of canonical values, in the order of some columns. */
export type Tuples = readonly (readonly unknown[])[];

/**
 * Rows of values as rows of SQL. PostgreSQL takes one binding for each column, however many the rows; SQLite one for each
 * value.
 *
 * @example
 * writeRows(table, columns, rows).sql; // select * from unnest(?::uuid[], ?::uuid[])
 */
export function writeRows({ database }: TableMap, columns: readonly ColumnMap[], rows: Tuples): Fragment {
  if (database === "sqlite" || rows.length === 1) return writeValues(columns, rows);
  const types = columns.map(({ attribute }) => unnestType(attribute.type));
  const lists = types.map(({ parameter }) => `?::${parameter}`).join(", ");
  const bindings = columns.map(({ attribute }, index) =>
    bindList(
      attribute.type,
      rows.map((row) => row[index] ?? null),
      database,
    ),
  );
  if (types.every(({ cast }) => cast === undefined))
    return { sql: `select * from unnest(${lists})`, bindings };
  const names = types.map((_, index) => `c${String(index)}`);
  const selected = types.map(
    ({ cast }, index) => `c${String(index)}${cast === undefined ? "" : `::${cast}`}`,
  );
  return {
    sql: `select ${selected.join(", ")} from unnest(${lists}) as list(${names.join(", ")})`,
    bindings,
  };
}

function writeValues(columns: readonly ColumnMap[], rows: Tuples): Fragment {
  const row = `(${columns.map(() => "?").join(", ")})`;
  return {
    sql: `values ${rows.map(() => row).join(", ")}`,
    bindings: rows.flatMap((values) =>
      columns.map((column, index) => bindValue(column, values[index] ?? null)),
    ),
  };
}

/** Are the columns of a row one of these tuples? */
export function renderTupleMatch(
  table: TableMap,
  columns: readonly ColumnMap[],
  { rows, alias }: { readonly rows: Tuples; readonly alias?: string },
): Fragment {
  const places = columns.map(({ column }) => (alias === undefined ? column : `${alias}.${column}`));
  const [only] = rows;
  if (only !== undefined && rows.length === 1) {
    return joinFragments(
      columns.map((column, index) => ({
        sql: `${places[index]} = ?`,
        bindings: [bindValue(column, only[index])],
      })),
      " and ",
    );
  }
  const [column] = columns;
  if (column !== undefined && columns.length === 1) {
    const values = rows.map(([value]) => value);
    return renderList(places[0] ?? "", column, { values, isIn: true, database: table.database });
  }
  const { sql, bindings } = writeRows(table, columns, rows);
  return { sql: `(${places.join(", ")}) in (${sql})`, bindings };
}

/** SQLite allows so many bindings in a statement. */
const SQLITE_BINDINGS = 32_766;

/** How many rows of so many columns go into one statement. */
export function limitRows({ database }: TableMap, columns: number): number {
  return database === "postgres"
    ? Number.POSITIVE_INFINITY
    : Math.floor(SQLITE_BINDINGS / Math.max(columns, 1));
}
