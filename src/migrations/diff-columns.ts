import { hasSameContent } from "./canonical-json.js";
import { isDefaultOneOf } from "./diff-enums.js";
import { enumOf, findLostValues, withEnum } from "./enum-types.js";
import { compareByName } from "./match-named.js";
import type { EnumSnapshot, Operation } from "./operation.js";
import type { ColumnSnapshot, TableSnapshot } from "./snapshot.js";

/** What the comparison of columns needs to know of the rest of the schema. */
export interface ColumnContext {
  /** The table's key. */
  readonly table: string;
  /** Has the column to be dropped and added, since no database alters it so? */
  readonly isRecreated: (column: string) => boolean;
  /** The enum types that are replaced, as they will be. */
  readonly replacedEnums: ReadonlyMap<string, EnumSnapshot>;
}

/** Columns are added before others are dropped, so that the table never is without any. */
export function diffColumns(
  before: TableSnapshot,
  after: TableSnapshot,
  context: ColumnContext,
): readonly Operation[] {
  const { table, isRecreated } = context;
  const { onlyBefore, onlyAfter, inBoth } = compareByName(before.columns, after.columns);
  const recreated = inBoth.filter(([, { name }]) => isRecreated(name));
  const kept = inBoth.filter(([, { name }]) => !isRecreated(name));
  const [dropped, added] = [
    [...onlyBefore, ...recreated.map(([old]) => old)],
    [...onlyAfter, ...recreated.map(([, column]) => column)],
  ];
  return [
    ...added.map((column): Operation => ({ kind: "addColumn", table, column })),
    ...kept.flatMap(([old, column]) => alterColumn(old, column, context)),
    ...dropped.map((column): Operation => ({ kind: "dropColumn", table, column })),
  ];
}

/** A default that its type is about to lose goes first: no database has a default outside of the type. */
function alterColumn(
  old: ColumnSnapshot,
  column: ColumnSnapshot,
  { table, replacedEnums }: ColumnContext,
): readonly Operation[] {
  const used = enumOf(old.type);
  const replacement = replacedEnums.get(used?.name ?? "");
  const losesDefault =
    used && replacement && enumOf(column.type) && isDefaultOneOf(old, findLostValues(used, replacement));
  const start = losesDefault ? withoutDefault(old) : old;
  // The type's own change is an operation of its own.
  const before = withNewWords(start, column);
  return [
    ...(losesDefault ? [{ kind: "alterColumn", table, before: old, after: start } as const] : []),
    ...(hasSameContent(before, column)
      ? []
      : [{ kind: "alterColumn", table, before, after: column } as const]),
  ];
}

function withNewWords(old: ColumnSnapshot, column: ColumnSnapshot): ColumnSnapshot {
  const wanted = enumOf(column.type);
  return wanted ? withEnum(old, wanted) : old;
}

function withoutDefault({ default: _, ...column }: ColumnSnapshot): ColumnSnapshot {
  return column;
}
