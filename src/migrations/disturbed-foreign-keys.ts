import { hasSameContent } from "./canonical-json.js";
import type { ForeignKeySnapshot, Snapshot, TableSnapshot } from "./snapshot.js";

export interface PlacedForeignKey {
  /** The table that has the foreign key. */
  readonly table: string;
  readonly foreignKey: ForeignKeySnapshot;
}

/**
 * The foreign keys of a table that are the same before and after and still have to be dropped and added again: a
 * database refuses to alter a column into another type, or to drop a key, under a foreign key that relies on it.
 */
export function findDisturbedForeignKeys(
  table: TableSnapshot,
  before: Snapshot,
  after: Snapshot,
): readonly PlacedForeignKey[] {
  return keptForeignKeys(before.get(table.name), table)
    .filter((foreignKey) => isDisturbed(table.name, foreignKey, before, after))
    .map((foreignKey) => ({ table: table.name, foreignKey }));
}

function keptForeignKeys(
  before: TableSnapshot | undefined,
  after: TableSnapshot,
): readonly ForeignKeySnapshot[] {
  return after.foreignKeys.filter((foreignKey) =>
    before?.foreignKeys.some((old) => hasSameContent(old, foreignKey)),
  );
}

function isDisturbed(
  table: string,
  foreignKey: ForeignKeySnapshot,
  before: Snapshot,
  after: Snapshot,
): boolean {
  const { references } = foreignKey;
  return (
    changesType(before.get(table), after.get(table), foreignKey.columns) ||
    changesType(before.get(references.table), after.get(references.table), references.columns) ||
    losesKey(before.get(references.table), after.get(references.table), references.columns)
  );
}

type Maybe<Table> = Table | undefined;

function changesType(before: Maybe<TableSnapshot>, after: Maybe<TableSnapshot>, columns: readonly string[]) {
  return columns.some((column) => kindOf(before, column) !== kindOf(after, column));
}

function kindOf(table: Maybe<TableSnapshot>, column: string): string | undefined {
  return table?.columns.find(({ name }) => name === column)?.type.kind;
}

/** Was one of the keys over exactly these columns taken away or changed? The database may have picked that one. */
function losesKey(before: Maybe<TableSnapshot>, after: Maybe<TableSnapshot>, columns: readonly string[]) {
  const remaining = keysOver(after, columns);
  return keysOver(before, columns).some((key) => !remaining.some((kept) => hasSameContent(key, kept)));
}

function keysOver(table: Maybe<TableSnapshot>, columns: readonly string[]) {
  const uniqueIndexes = table?.indexes.filter(({ unique }) => unique) ?? [];
  const keys = [...(table?.primaryKey ? [table.primaryKey] : []), ...uniqueIndexes];
  return keys.filter((key) => hasSameContent([...key.columns].sort(), [...columns].sort()));
}
