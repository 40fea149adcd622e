import { diffColumns } from "./diff-columns.js";
import type { Disturbance } from "./disturbance.js";
import { matchNamed } from "./match-named.js";
import type { EnumSnapshot, Operation, RenamedConstraint } from "./operation.js";
import type { ForeignKeySnapshot, IndexSnapshot, TableSnapshot } from "./snapshot.js";

/** A table that is there before and after, and what the rest of the schema does to it. */
export interface KeptTable {
  /** Its key. */
  readonly table: string;
  readonly before: TableSnapshot;
  readonly after: TableSnapshot;
  readonly disturbance: Disturbance;
  readonly replacedEnums: ReadonlyMap<string, EnumSnapshot>;
}

/** What a database drops, renames and adds; the middle is done in between. */
interface Stages {
  readonly dropped: readonly Operation[];
  readonly renamed: readonly Operation[];
  readonly added: readonly Operation[];
}

/** All that changes in a table but its foreign keys: what holds a column goes before the column is touched. */
export function diffTable(kept: KeptTable): readonly Operation[] {
  const { table, before, after, disturbance, replacedEnums } = kept;
  const stages = [diffChecks(kept), diffIndexes(kept), diffPrimaryKey(kept)];
  const columns = diffColumns(before, after, {
    table,
    replacedEnums,
    isRecreated: (column) => disturbance.recreates(table, column),
  });
  return [
    ...diffComment(kept),
    ...stages.flatMap(({ dropped }) => dropped),
    ...stages.flatMap(({ renamed }) => renamed),
    ...columns,
    ...[...stages].reverse().flatMap(({ added }) => added),
  ];
}

function diffComment({ table, before, after }: KeptTable): readonly Operation[] {
  if (before.comment === after.comment) return [];
  return [{ kind: "commentTable", table, before: before.comment, after: after.comment }];
}

function diffPrimaryKey({ table, before, after, disturbance }: KeptTable): Stages {
  const keyOf = ({ primaryKey }: TableSnapshot) => (primaryKey ? [primaryKey] : []);
  const { dropped, renamed, added } = matchNamed(keyOf(before), keyOf(after), (key) =>
    disturbance.disturbsKey(table, key),
  );
  return {
    dropped: dropped.map((primaryKey) => ({ kind: "dropPrimaryKey", table, primaryKey })),
    renamed: renameAll(table, "primaryKey", renamed),
    added: added.map((primaryKey) => ({ kind: "addPrimaryKey", table, primaryKey })),
  };
}

function diffIndexes({ table, before, after, disturbance }: KeptTable): Stages {
  const { dropped, renamed, added } = matchNamed(before.indexes, after.indexes, (index: IndexSnapshot) =>
    disturbance.disturbsIndex(table, index),
  );
  return {
    dropped: dropped.map((index) => ({ kind: "dropIndex", table, index })),
    renamed: renameAll(table, "index", renamed),
    added: added.map((index) => ({ kind: "addIndex", table, index })),
  };
}

function diffChecks({ table, before, after, disturbance }: KeptTable): Stages {
  const { dropped, renamed, added } = matchNamed(before.checks ?? [], after.checks ?? [], (check) =>
    disturbance.disturbsCheck(table, check),
  );
  return {
    dropped: dropped.map((check) => ({ kind: "dropCheck", table, check })),
    renamed: renameAll(table, "check", renamed),
    added: added.map((check) => ({ kind: "addCheck", table, check })),
  };
}

/** The changes of a table's foreign keys. */
export function diffForeignKeys(
  table: string,
  [before, after]: readonly [TableSnapshot, TableSnapshot],
  isDisturbed: (foreignKey: ForeignKeySnapshot) => boolean,
): Stages {
  const { dropped, renamed, added } = matchNamed(before.foreignKeys, after.foreignKeys, isDisturbed);
  return {
    dropped: dropped.map((foreignKey) => ({ kind: "dropForeignKey", table, foreignKey })),
    renamed: renameAll(table, "foreignKey", renamed),
    added: added.map((foreignKey) => ({ kind: "addForeignKey", table, foreignKey })),
  };
}

function renameAll(
  table: string,
  kind: RenamedConstraint["kind"],
  pairs: readonly (readonly [{ readonly name: string }, { readonly name: string }])[],
): readonly Operation[] {
  return pairs.map(([{ name: from }, { name: to }]) => ({
    kind: "renameConstraint",
    table,
    renamed: { kind, from, to },
  }));
}
