import type { AttributeType } from "../runtime/attribute-type.js";
import { hasSameContent } from "./canonical-json.js";
import { enumOf } from "./enum-types.js";
import { findIndexColumns, hasIndexSql } from "./index-columns.js";
import { isNamedIn } from "./sql-words.js";
import { isGeneratedAlike } from "./is-generated-alike.js";
import type {
  CheckSnapshot,
  ColumnSnapshot,
  ForeignKeySnapshot,
  IndexSnapshot,
  PrimaryKeySnapshot,
  Snapshot,
  TableSnapshot,
} from "./snapshot.js";

/**
 * What stays the same and still cannot stay in place while columns change under it. A database refuses to alter a column
 * into another type under a foreign key, or under SQL that was read with the old type; it cannot make another expression
 * or type of a generated column, which has to be made anew with all that is built on it.
 */
export interface Disturbance {
  readonly recreates: (table: string, column: string) => boolean;
  readonly disturbsKey: (table: string, key: PrimaryKeySnapshot) => boolean;
  readonly disturbsIndex: (table: string, index: IndexSnapshot) => boolean;
  readonly disturbsCheck: (table: string, check: CheckSnapshot) => boolean;
  /** Leaves out the keys that it may lose: they are known when all else is compared. */
  readonly disturbsForeignKey: (table: string, foreignKey: ForeignKeySnapshot) => boolean;
}

/** @param replacedEnums names of the enum types that are replaced: their columns are altered */
export function findDisturbance(
  before: Snapshot,
  after: Snapshot,
  replacedEnums: ReadonlySet<string>,
): Disturbance {
  const changes = new Map(
    [...after].flatMap(([key, table]) => {
      const change = findChangedColumns(before.get(key), table, replacedEnums);
      return change ? [[key, change] as const] : [];
    }),
  );
  const recreated = (table: string) => changes.get(table)?.recreated ?? none;
  const remade = (table: string) => changes.get(table)?.remade ?? none;
  const retyped = (table: string) => changes.get(table)?.retyped ?? none;
  const isAltered = (table: string, column: string) =>
    remade(table).has(column) || retyped(table).has(column);
  return {
    recreates: (table, column) => recreated(table).has(column),
    disturbsKey: (table, { columns }) => columns.some((column) => remade(table).has(column)),
    disturbsIndex: (table, index) =>
      holdsOneOf(index, remade(table)) || (hasIndexSql(index) && holdsOneOf(index, retyped(table))),
    disturbsCheck: (table, { sql }) =>
      [...remade(table), ...retyped(table)].some((column) => isNamedIn(sql, column)),
    disturbsForeignKey: (table, { columns, references }) =>
      columns.some((column) => isAltered(table, column)) ||
      references.columns.some((column) => isAltered(references.table, column)),
  };
}

const none: ReadonlySet<string> = new Set();

function holdsOneOf(index: IndexSnapshot, columns: ReadonlySet<string>): boolean {
  if (columns.size === 0) return false;
  const held = findIndexColumns(index);
  return [...columns].some((column) => held.includes(column) || held.includes(column.toLowerCase()));
}

interface ChangedColumns {
  /** Columns whose values are held as another type, beyond a length or precision. */
  readonly retyped: ReadonlySet<string>;
  /** Generated columns that are dropped and added. */
  readonly recreated: ReadonlySet<string>;
  /** Those, and the ones that stop being generated: on the way down they are dropped and added. */
  readonly remade: ReadonlySet<string>;
}

function findChangedColumns(
  before: TableSnapshot | undefined,
  after: TableSnapshot,
  replacedEnums: ReadonlySet<string>,
): ChangedColumns | undefined {
  if (!before) return undefined;
  const pairs = after.columns.flatMap((column): readonly Pair[] => {
    const old = before.columns.find(({ name }) => name === column.name);
    return old ? [[old, column]] : [];
  });
  const isReplaced = ({ type }: ColumnSnapshot) => replacedEnums.has(enumOf(type)?.name ?? "");
  const altered = pairs.filter(([old, column]) => isReplaced(old) || !hasSameContent(old.type, column.type));
  const recreated = pairs.filter((pair) => isRecreated(pair, altered));
  const retyped = altered.filter(([old, column]) => isReplaced(old) || !isHeldAlike(old.type, column.type));
  const freed = pairs.filter(
    ([old, column]) => old.generatedAs !== undefined && column.generatedAs === undefined,
  );
  return recreated.length + retyped.length + freed.length === 0
    ? undefined
    : {
        retyped: namesOf(retyped),
        recreated: namesOf(recreated),
        remade: namesOf([...recreated, ...freed]),
      };
}

type Pair = readonly [before: ColumnSnapshot, after: ColumnSnapshot];

function isRecreated([old, column]: Pair, altered: readonly Pair[]): boolean {
  const { generatedAs } = column;
  if (generatedAs === undefined) return false;
  return (
    !isGeneratedAlike(old, column) ||
    !hasSameContent(old.type, column.type) ||
    altered.some(([{ name }]) => isNamedIn(generatedAs, name))
  );
}

/** Are the values of both held as the same type, save for a length, a precision or the words of an enum? */
export function isHeldAlike(one: AttributeType, other: AttributeType): boolean {
  if (one.databaseType !== other.databaseType || one.kind !== other.kind) return false;
  if (one.kind === "array" && other.kind === "array") return isHeldAlike(one.of, other.of);
  return enumOf(one)?.name === enumOf(other)?.name;
}

function namesOf(pairs: readonly Pair[]): ReadonlySet<string> {
  return new Set(pairs.map(([, { name }]) => name));
}
