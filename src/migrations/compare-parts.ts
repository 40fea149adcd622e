import { normalizeSql } from "./compare-sql.js";
import type { Described, TablePair } from "./compare-table.js";
import type {
  CheckSnapshot,
  ForeignKeySnapshot,
  IndexColumn,
  IndexSnapshot,
  PrimaryKeySnapshot,
} from "./snapshot.js";

export function describePrimaryKey(
  { name, columns }: PrimaryKeySnapshot,
  { expected, database }: TablePair,
): Described {
  // SQLite keeps no name for the key that numbers the rows.
  const isNamed =
    database === "postgres" || !expected.columns.some(({ default: given }) => isNumbering(given?.kind));
  return {
    kind: "primary key",
    name,
    facts: { columns: listNames(columns), name: isNamed ? quote(name) : "" },
  };
}

function isNumbering(kind: string | undefined): boolean {
  return kind === "increment" || kind === "identity";
}

export function describeIndex(index: IndexSnapshot): Described {
  const { name, columns, unique, where, method, include, nullsNotDistinct, constraint } = index;
  return {
    kind: "index",
    name,
    facts: {
      columns: columns.map(describeIndexColumn).join(", "),
      uniqueness: unique ? "unique" : "",
      condition: where === undefined ? "" : normalizeSql(where),
      method: method ?? "btree",
      "included columns": listNames(include ?? []),
      "treatment of nulls": nullsNotDistinct === true ? "not distinct" : "",
      kind: constraint === true ? "a constraint" : "an index",
    },
  };
}

function describeIndexColumn(column: IndexColumn): string {
  return typeof column === "string" ? quote(column) : normalizeSql(column.sql);
}

export function describeForeignKey(foreignKey: ForeignKeySnapshot): Described {
  const { name, columns, references, onDelete, setNull, onUpdate, deferrable } = foreignKey;
  return {
    kind: "foreign key",
    name,
    facts: {
      columns: listNames(columns),
      destination: `${quote(references.table)} (${listNames(references.columns)})`,
      "on delete": setNull ? `${onDelete} (${listNames([...setNull].sort())})` : onDelete,
      "on update": onUpdate ?? "no action",
      deferral: deferrable ?? "",
    },
  };
}

export function describeCheck({ name, sql }: CheckSnapshot): Described {
  return { kind: "check", name, facts: { condition: normalizeSql(sql) } };
}

function listNames(names: readonly string[]): string {
  return names.map(quote).join(", ");
}

function quote(name: string): string {
  return `"${name}"`;
}
