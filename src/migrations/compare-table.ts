import type { SchemaDifference } from "./compare.js";
import { describeColumn } from "./compare-column.js";
import { describeCheck, describeForeignKey, describeIndex, describePrimaryKey } from "./compare-parts.js";
import type { MigrationDatabase } from "./render/source.js";
import type { TableSnapshot } from "./snapshot.js";

export interface TablePair {
  /** The key of the table. */
  readonly table: string;
  readonly expected: TableSnapshot;
  readonly actual: TableSnapshot;
  readonly database: MigrationDatabase;
}

/** A part of a table in words that are equal where the parts are. */
export interface Described {
  readonly kind: string;
  readonly name: string;
  /** Words by what they are about, such as `type` and `integer`. */
  readonly facts: Readonly<Record<string, string>>;
}

export function compareTables(pair: TablePair): readonly SchemaDifference[] {
  const [expected, actual] = [describeParts(pair, pair.expected), describeParts(pair, pair.actual)];
  const names = [...new Set([...expected.keys(), ...actual.keys()])];
  return [
    ...compareFacts(pair.table, undefined, [tableFacts(pair.expected, pair), tableFacts(pair.actual, pair)]),
    ...names.flatMap((name) => compareParts(pair.table, expected.get(name), actual.get(name))),
  ];
}

function tableFacts({ comment }: TableSnapshot, { database }: TablePair): Described["facts"] {
  return { comment: database === "postgres" ? (comment ?? "") : "" };
}

function describeParts(pair: TablePair, table: TableSnapshot): ReadonlyMap<string, Described> {
  const { database } = pair;
  const parts = [
    ...table.columns.map((column) => describeColumn(column, findColumn(pair, column.name), database)),
    ...(table.primaryKey ? [describePrimaryKey(table.primaryKey, pair)] : []),
    ...table.indexes.map(describeIndex),
    ...table.foreignKeys.map(describeForeignKey),
    ...(table.checks ?? []).map(describeCheck),
  ];
  return new Map(parts.map((part) => [`${part.kind} ${part.kind === "primary key" ? "" : part.name}`, part]));
}

/** The column as it should be tells how to read a default. */
function findColumn({ expected }: TablePair, name: string) {
  return expected.columns.find((column) => column.name === name);
}

function compareParts(
  table: string,
  expected: Described | undefined,
  actual: Described | undefined,
): readonly SchemaDifference[] {
  if (expected && actual) return compareFacts(table, expected, [expected.facts, actual.facts]);
  const part = expected ?? actual;
  if (part === undefined) return [];
  const named = `${part.kind} "${part.name}"`;
  const message = expected
    ? `The ${named} of "${table}" is missing.`
    : `"${table}" has the ${named} too many.`;
  const said = Object.values(part.facts)
    .filter((fact) => fact !== "")
    .join(", ");
  return [{ table, what: `${part.kind} ${part.name}`, [expected ? "expected" : "actual"]: said, message }];
}

function compareFacts(
  table: string,
  part: Described | undefined,
  [expected, actual]: readonly [Described["facts"], Described["facts"]],
): readonly SchemaDifference[] {
  const named = part === undefined ? `the table "${table}"` : `the ${part.kind} "${part.name}" of "${table}"`;
  const what = part === undefined ? "table" : `${part.kind} ${part.name}`;
  return Object.keys(expected).flatMap((fact) => {
    const [should = "", is = ""] = [expected[fact], actual[fact]];
    if (should === is) return [];
    const message = `The ${fact} of ${named} is ${quoteFact(is)}, not ${quoteFact(should)}.`;
    return [{ table, what, expected: should, actual: is, message }];
  });
}

function quoteFact(fact: string): string {
  return fact === "" ? "none" : fact;
}
