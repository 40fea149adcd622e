import type {
  ColumnSnapshot,
  ForeignKeySnapshot,
  ReferentialAction,
  TableSnapshot,
} from "../../../migrations/snapshot.js";
import type { Catalogue, ColumnRow, ConstraintRow, IndexRow, RelationRow } from "./catalogue.js";
import { groupByTable } from "../group-by-table.js";
import { readColumnDefault } from "./column-default.js";
import { readColumnType, type TypeRows } from "./column-type.js";
import { foldEnumChecks } from "./enum-check.js";
import { readIndex } from "./index.js";
import { removeParentheses } from "./literal.js";
import { isManageable, keyOf, type RelationRows } from "./relation.js";

/** The rows that belong to one table. */
export interface TableRows {
  readonly relation: RelationRow;
  readonly columns: readonly ColumnRow[];
  readonly indexes: readonly IndexRow[];
  readonly constraints: readonly ConstraintRow[];
}

/** What tables refer to. */
export interface Known {
  readonly types: TypeRows;
  readonly relations: RelationRows;
}

export function groupRows({ relations, columns, indexes, constraints }: Catalogue): readonly TableRows[] {
  const [columnsOf, indexesOf, constraintsOf] = [
    groupByTable(columns),
    groupByTable(indexes),
    groupByTable(constraints),
  ];
  return relations.map((relation) => ({
    relation,
    columns: columnsOf(relation.id),
    indexes: indexesOf(relation.id),
    constraints: constraintsOf(relation.id),
  }));
}

/** The table as a snapshot says it, without what `isManageable` leaves out. */
export function readTable(
  { relation, columns, indexes, constraints }: TableRows,
  known: Known,
): TableSnapshot {
  const { own, schema, name, comment } = relation;
  const manageable = constraints.filter((row) => isManageable(row, known.relations));
  const primary = indexes.find((row) => row.primary);
  const folded = foldEnumChecks(name, {
    columns: columns.map((row) => readColumn(row, known.types)),
    checks: manageable.filter(({ kind }) => kind === "c").map(readCheck),
  });
  return {
    ...(own ? {} : { schema }),
    name,
    ...(comment !== null && { comment }),
    columns: folded.columns,
    ...(primary && { primaryKey: { name: primary.name, columns: namesOf(primary) } }),
    indexes: indexes.filter((row) => !row.primary && row.valid && row.constraint !== "x").map(readIndex),
    foreignKeys: manageable.filter(({ kind }) => kind === "f").map((row) => readForeignKey(row, known)),
    ...(folded.checks.length > 0 && { checks: folded.checks }),
  };
}

function readColumn(row: ColumnRow, types: TypeRows): ColumnSnapshot {
  const type = readColumnType(row, types);
  const given = readColumnDefault(row, type);
  return {
    name: row.name,
    type,
    nullable: row.nullable,
    ...(given && { default: given }),
    ...(row.generated !== "" && row.default !== null && { generatedAs: removeParentheses(row.default) }),
    ...(row.generated === "v" && { virtual: true }),
    ...(row.comment !== null && { comment: row.comment }),
  };
}

function readCheck({ name, expression }: ConstraintRow) {
  return { name, sql: removeParentheses(expression ?? "") };
}

function readForeignKey(row: ConstraintRow, { relations }: Known): ForeignKeySnapshot {
  const destination = relations.get(row.destination ?? "");
  const onUpdate = actions[row.onupdate] ?? "no action";
  const columns = row.columns ?? [];
  return {
    name: row.name,
    columns,
    references: { table: destination === undefined ? "" : keyOf(destination), columns: row.referenced ?? [] },
    onDelete: actions[row.ondelete] ?? "no action",
    ...(row.setnull !== null && row.setnull.length < columns.length && { setNull: row.setnull }),
    ...(onUpdate !== "no action" && { onUpdate }),
    ...(row.deferrable && {
      deferrable: row.deferred ? ("initially deferred" as const) : ("initially immediate" as const),
    }),
  };
}

const actions: Readonly<Record<string, ReferentialAction>> = {
  a: "no action",
  r: "restrict",
  c: "cascade",
  n: "set null",
};

function namesOf({ keys, ordered }: IndexRow): readonly string[] {
  return keys.slice(0, ordered).flatMap(({ column }) => (column === null ? [] : [column]));
}
