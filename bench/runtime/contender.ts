import type { PostgresConnection } from "../../test/databases/postgres-server.js";

/** A user and a task, by their keys. */
export interface Pair {
  readonly userId: string;
  readonly taskId: string;
}

/** What every contender's record of a user has in common; dates and keys are spelled as each likes. */
export interface LoadedUser {
  readonly email: string;
  readonly tasks: readonly { readonly title: string }[];
}

/** One library at the work that is measured, as a good user of it would write it. */
export interface Contender {
  /** The first users of the table, each with its tasks. */
  load(users: number): Promise<readonly LoadedUser[]>;
  /** For each pair what appends its task to its user. What a library has to read before it can is read here. */
  prepareAppends(pairs: readonly Pair[]): Promise<readonly (() => Promise<unknown>)[]>;
  /** Writes a join row for each pair. */
  insertPairs(pairs: readonly Pair[]): Promise<unknown>;
  /** All records of the table `readings`, one by one; only where the library brings what this takes. */
  stream?(): AsyncIterable<unknown>;
  close(): Promise<void>;
}

/** Opens a contender on the database that `createTables` filled. */
export type OpenContender = (connection: PostgresConnection) => Contender;
