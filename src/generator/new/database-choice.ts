import { keysOf } from "../../support/keys-of.js";
import type { Problem } from "../../support/problem.js";
import { suggest } from "../did-you-mean.js";
import type { DatabaseKind } from "../settings.js";

/** What a project gets for its kind of database. Its knexfile and its tests' database are templates. */
export interface DatabaseChoice {
  readonly kind: DatabaseKind;
  /** As people write it. */
  readonly title: string;
  /** The packages that the application needs. */
  readonly dependencies: readonly string[];
  /** The packages that only its tests need. */
  readonly devDependencies: readonly string[];
  /** Lines of .gitignore. */
  readonly ignored: readonly string[];
  /** Lines of the README. */
  readonly note: readonly string[];
}

const pglite: DatabaseChoice = {
  kind: "pglite",
  title: "PGlite",
  dependencies: ["@electric-sql/pglite"],
  devDependencies: [],
  ignored: ["data/"],
  note: [
    "The database is PGlite: PostgreSQL inside the process, kept in `data/pglite`, open in",
    "one process at a time. The same migrations run on a PostgreSQL server.",
  ],
};

const sqlite: DatabaseChoice = {
  kind: "sqlite",
  title: "SQLite",
  dependencies: ["libsql"],
  devDependencies: [],
  ignored: ["data.sqlite*"],
  note: ["The database is SQLite, in the file `data.sqlite`."],
};

const postgres: DatabaseChoice = {
  kind: "postgres",
  title: "PostgreSQL",
  dependencies: ["pg"],
  devDependencies: ["@electric-sql/pglite"],
  ignored: [],
  note: [
    "The database is on the PostgreSQL server that the environment names in `DATABASE_URL`;",
    "`knexfile.ts` says where it is otherwise. The tests need no server: they run on PGlite,",
    "which is PostgreSQL inside the process.",
  ],
};

const choices: Readonly<Record<DatabaseKind, DatabaseChoice>> = { pglite, sqlite, postgres };

/** The database that `--database` names; PGlite where it was not given. */
export function findDatabaseChoice(written = "pglite"): DatabaseChoice | Problem {
  const kinds = keysOf(choices);
  const kind = kinds.find((known) => known === written);
  if (kind !== undefined) return choices[kind];
  return {
    code: "new.database.unknown",
    message: `There is no database "${written}" to choose.`,
    hint: suggest(written, kinds, "There are pglite, sqlite and postgres."),
  };
}
