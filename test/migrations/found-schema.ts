/** A schema as a database tells it, in one shape for all databases, to be compared with what a snapshot promises. */
export interface FoundTable {
  readonly name: string;
  readonly columns: readonly FoundColumn[];
  readonly primaryKey?: { readonly name: string; readonly columns: readonly string[] };
  readonly indexes: readonly {
    readonly name: string;
    readonly columns: readonly string[];
    readonly unique: boolean;
  }[];
  readonly foreignKeys: readonly {
    readonly name: string;
    readonly columns: readonly string[];
    readonly references: { readonly table: string; readonly columns: readonly string[] };
    readonly onDelete: string;
  }[];
  readonly checks: readonly string[];
}

export interface FoundColumn {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly hasDefault: boolean;
  readonly comment?: string;
}

/** The same schema with everything whose order means nothing sorted by name. */
export function sortSchema(tables: readonly FoundTable[]): readonly FoundTable[] {
  return byName(
    tables.map((table) => ({
      ...table,
      columns: byName(table.columns),
      indexes: byName(table.indexes),
      foreignKeys: byName(table.foreignKeys),
      checks: [...table.checks].sort(),
    })),
  );
}

function byName<Named extends { readonly name: string }>(things: readonly Named[]): readonly Named[] {
  return [...things].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Tables that Knex's migrator and the tests keep for themselves. */
export function isOwnTable(name: string): boolean {
  return !/^(history_|sqlite_)/.test(name);
}
