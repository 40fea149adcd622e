/** What got another name: tables by their keys, columns by the key of their table after the change. */
export interface Renames {
  readonly tables: readonly TableRename[];
  readonly columns: readonly ColumnRename[];
}

export interface TableRename {
  readonly from: string;
  readonly to: string;
}

export interface ColumnRename {
  readonly table: string;
  readonly from: string;
  readonly to: string;
}

export const noRenames: Renames = { tables: [], columns: [] };
