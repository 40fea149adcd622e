import { afterAll, beforeAll } from "vitest";
import { createRepo, type AnyResource, type Domain, type Repo } from "../../../src/runtime/index.js";
import {
  databaseTimeout,
  openDatabase,
  type DatabaseKind,
  type TestDatabase,
} from "../../databases/engines.js";
import { createTables } from "../shop.js";
import { Press, pressResources } from "./press.js";

export interface Opened {
  readonly database: TestDatabase;
  readonly repo: Repo;
}

/** A fresh database with the tables of some resources, for the tests of a `describe`; those of the press where nothing is said. */
export function usePress(
  kind: DatabaseKind,
  domains: readonly Domain[] = [Press],
  tables: readonly AnyResource[] = pressResources,
): () => Opened {
  let opened: Opened | undefined;
  beforeAll(async () => {
    const database = await openDatabase(kind);
    await createTables(database.knex, tables);
    opened = { database, repo: createRepo(database.knex, { domains }) };
  }, databaseTimeout);
  afterAll(() => opened?.database.close());
  return () => {
    if (opened === undefined) throw new Error("The database is not open yet.");
    return opened;
  };
}
