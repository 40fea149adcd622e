import type { ForeignKeySnapshot, ReferentialAction } from "../../../migrations/snapshot.js";
import { buildTableKey } from "../../../migrations/table-key.js";
import { foreignKeyName } from "../../../support/constraint-names.js";
import type { ForeignKeyRow } from "./master.js";
import { hasColumns, isSame, listKind, type TableRows } from "./table-rows.js";

export function readForeignKeys(rows: TableRows): readonly ForeignKeySnapshot[] {
  const ids = [...new Set(rows.foreignKeys.map(({ id }) => id))];
  return ids.map((id) =>
    readForeignKey(
      rows,
      rows.foreignKeys.filter((row) => row.id === id),
    ),
  );
}

/** @param parts a row for each column */
function readForeignKey(rows: TableRows, parts: readonly ForeignKeyRow[]): ForeignKeySnapshot {
  const columns = parts.map(({ from }) => from);
  const said = listKind(rows, "foreignKey").find((constraint) => hasColumns(constraint.columns, columns));
  const onUpdate = readAction(parts[0]?.onupdate);
  return {
    name: said?.name ?? foreignKeyName(rows.table.name, columns),
    columns,
    references: readReferences(rows, parts),
    onDelete: readAction(parts[0]?.ondelete),
    ...(onUpdate !== "no action" && { onUpdate }),
    ...(said?.deferrable !== undefined && { deferrable: said.deferrable }),
  };
}

/** A foreign key may leave out the columns that it refers to: they are the primary key. */
function readReferences(
  { findOther }: TableRows,
  parts: readonly ForeignKeyRow[],
): ForeignKeySnapshot["references"] {
  const written = parts[0]?.destination ?? "";
  const other = findOther(written);
  const key = (other?.columns ?? []).filter((row) => row.key > 0).toSorted((one, next) => one.key - next.key);
  const columns = parts.map(({ to }, position) => to ?? key[position]?.name ?? "");
  return {
    table: buildTableKey({ name: other?.name ?? written }),
    columns: columns.map((name) => other?.columns.find((row) => isSame(row.name, name))?.name ?? name),
  };
}

function readAction(word: string | undefined): ReferentialAction {
  const action = (word ?? "").toLowerCase();
  return action === "cascade" || action === "restrict" || action === "set null" ? action : "no action";
}
