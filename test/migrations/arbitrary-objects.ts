import { fc } from "../fast-check.js";
import { indexName } from "../../src/support/constraint-names.js";
import type {
  CheckSnapshot,
  ColumnSnapshot,
  IndexColumn,
  IndexSnapshot,
} from "../../src/migrations/snapshot.js";

/** What is built on a table's columns; all SQL of it holds for every row. */
export interface ObjectPlan {
  readonly indexes: readonly IndexSnapshot[];
  readonly checks: readonly CheckSnapshot[];
  /** Columns that the database works out. */
  readonly generated: readonly ColumnSnapshot[];
}

interface Owner {
  readonly table: string;
  readonly columns: readonly ColumnSnapshot[];
  /** Has the database all that PostgreSQL has? */
  readonly isPostgres: boolean;
}

export function objectPlans(owner: Owner): fc.Arbitrary<ObjectPlan> {
  return fc.record({
    indexes: fc.array(indexPlans(owner), { maxLength: 3 }).map(distinct),
    checks: fc.subarray(possibleChecks(owner)).map(sort),
    generated: fc.subarray(possibleGenerated(owner)).map((columns) => columns.slice(0, 1)),
  });
}

function indexPlans(owner: Owner): fc.Arbitrary<IndexSnapshot> {
  const plain = plainIndexes(owner);
  const sql = owner.columns.filter(isText).map(({ name }) => ({ sql: `lower("${name}")` }));
  const lists = owner.columns.filter(({ type }) => type.kind === "array" || type.kind === "json");
  return fc.oneof(
    plain,
    plain,
    ...(sql.length > 0 ? [fc.constantFrom(...sql).map((key) => expressionIndex(owner, key))] : []),
    ...(owner.isPostgres ? [plain.chain((index) => specialIndexes(owner, index))] : []),
    ...(owner.isPostgres && lists.length > 0
      ? [fc.constantFrom(...lists).map(({ name }) => listIndex(owner, name))]
      : []),
  );
}

/** On some columns in some order, perhaps over some rows only. */
function plainIndexes({ table, columns }: Owner): fc.Arbitrary<IndexSnapshot> {
  const names = [...columns.map(({ name }) => name), "id"];
  return fc
    .record({
      keys: fc.shuffledSubarray(names, { minLength: 1 }),
      unique: fc.boolean(),
      where: fc.option(fc.constantFrom(...names.map((name) => `"${name}" is not null`))),
      hasOwnName: fc.boolean(),
    })
    .map(({ keys, unique, where, hasOwnName }) => ({
      name: hasOwnName ? `${table}_own_index` : indexName(table, where ? [...keys, "some"] : keys),
      columns: keys,
      unique,
      ...(where !== null && { where }),
    }));
}

function expressionIndex({ table }: Owner, key: IndexColumn): IndexSnapshot {
  return { name: `${table}_lower_index`, columns: [key, "id"], unique: false };
}

function listIndex({ table }: Owner, column: string): IndexSnapshot {
  return { name: `${table}_${column}_gin`, columns: [column], unique: false, method: "gin" };
}

function specialIndexes({ columns }: Owner, index: IndexSnapshot): fc.Arbitrary<IndexSnapshot> {
  const others = columns.map(({ name }) => name).filter((name) => !index.columns.includes(name));
  const including = { ...index, name: `${index.name}_with`, include: others };
  const strict = { ...index, name: `${index.name}_strict`, unique: true, nullsNotDistinct: true } as const;
  const { where: _, ...whole } = index;
  const constraint = { ...whole, name: `${index.name}_key`, unique: true, constraint: true } as const;
  return fc.constantFrom<IndexSnapshot>(...(others.length > 0 ? [including] : []), strict, constraint);
}

function distinct(indexes: readonly IndexSnapshot[]): readonly IndexSnapshot[] {
  return [...new Map(indexes.map((index) => [index.name, index])).values()];
}

function sort(checks: readonly CheckSnapshot[]): readonly CheckSnapshot[] {
  return [...checks].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function possibleChecks({ table, columns }: Owner): CheckSnapshot[] {
  return columns.flatMap((column): readonly CheckSnapshot[] => {
    const sql = buildCondition(column);
    return sql === undefined ? [] : [{ name: `${table}_${column.name}_sound`, sql }];
  });
}

function buildCondition({ name, type }: ColumnSnapshot): string | undefined {
  if (type.kind === "integer" || type.kind === "bigint") return `"${name}" > -1000000`;
  if (type.kind === "string" || type.kind === "text") return `length("${name}") < 1000`;
  if (type.kind !== "enum" || type.native === undefined) return undefined;
  // An enum type is ordered: no word comes before its first one.
  return `"${name}" >= '${(type.values[0] ?? "").replaceAll("'", "''")}'`;
}

function possibleGenerated({ columns }: Owner): ColumnSnapshot[] {
  const numbers = columns.filter(({ type }) => type.kind === "integer");
  const texts = columns.filter(isText);
  const stored = [
    ...numbers.map(({ name, type }): ColumnSnapshot => ({
      ...{ name: "derived", type, nullable: true },
      generatedAs: `"${name}" / 2`,
    })),
    ...texts.map(({ name }): ColumnSnapshot => ({
      ...{ name: "derived", type: { kind: "text" }, nullable: true },
      generatedAs: `upper("${name}")`,
    })),
  ];
  return stored.flatMap((column) => [column, { ...column, virtual: true }]);
}

function isText({ type }: ColumnSnapshot): boolean {
  return type.kind === "string" || type.kind === "text";
}
