import type { PGlite, Results } from "@electric-sql/pglite";
import { parsers, prepareValue } from "./pglite-values.js";

/** A result as `pg` gives it. */
export interface PgResult {
  readonly command: string | null;
  readonly rowCount: number | null;
  readonly rows: readonly unknown[];
  readonly fields: Results["fields"];
}

/** Several statements in one string, which need no bindings, have a result each. */
type PgResults = PgResult | readonly PgResult[];

export interface PgQuery {
  readonly text: string;
  readonly values?: readonly unknown[];
  /** Rows as objects, or as lists of values. */
  readonly rowMode?: "object" | "array";
}

type Callback = (error: unknown, results?: PgResults) => void;

/** A PGlite database with the part of the face of `pg`'s client that Knex uses. */
export class PgliteConnection {
  /** For what Knex has no words for, such as `listen`. */
  readonly database: PGlite;
  readonly #release: () => void;

  constructor(database: PGlite, release: () => void) {
    this.database = database;
    this.#release = release;
    database.parsers = { ...parsers };
    database.serializers = {};
  }

  /** As `pg` has it, for Knex. */
  query(query: string | PgQuery, callback: Callback): void {
    this.run(typeof query === "string" ? { text: query } : query).then(
      (results) => callback(null, results),
      callback,
    );
  }

  async run({ text, values = [], rowMode = "object" }: PgQuery): Promise<PgResults> {
    const options = { rowMode };
    try {
      if (values.length > 0) {
        return createResult(await this.database.query(text, values.map(prepareValue), options));
      }
      const results = (await this.database.exec(text, options)).map(createResult);
      return results.length === 1 && results[0] !== undefined ? results[0] : results;
    } catch (error) {
      throw withoutBindings(error);
    }
  }

  /** Waits for the query that runs, then closes the database and gives its folder free. */
  async close(): Promise<void> {
    try {
      await this.database.close();
    } finally {
      this.#release();
    }
  }
}

function createResult({ command, rowCount, rows, fields }: Results): PgResult {
  return { command: command ?? null, rowCount: rowCount ?? null, rows, fields };
}

/** PGlite hangs the values of the query on its errors, where a log would show them. */
function withoutBindings(error: unknown): unknown {
  if (typeof error === "object" && error !== null) {
    for (const key of ["query", "params", "queryOptions"]) Reflect.deleteProperty(error, key);
  }
  return error;
}
