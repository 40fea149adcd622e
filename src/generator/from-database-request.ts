/** What was typed after `gen resources --from-database`. */
export interface FromDatabaseRequest {
  /** Such as `users`, `billing.invoices` or `billing.*`; every table where none is given. */
  readonly tables: readonly string[];
  readonly skipTables: readonly string[];
  /** The domain of all of them; else each schema has its own. */
  readonly domain?: string;
  readonly includeViews: boolean;
  /** Write a migration that makes the tables anew? Without a word, where no migration by hand may make them. */
  readonly baseline?: boolean;
}
