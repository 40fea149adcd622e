import { afterAll, beforeAll } from "vitest";
import { createRepo, isAshlarError, type Repo } from "../../src/runtime/index.js";
import { InvalidError } from "../../src/runtime/errors/errors.js";
import { databaseTimeout, openDatabase, type DatabaseKind, type TestDatabase } from "../databases/engines.js";
import { createShopTables, seedShop, shopDomains } from "./shop.js";

export interface Shop {
  readonly database: TestDatabase;
  readonly repo: Repo;
}

export interface ShopOptions {
  /** What fills the tables; the three users and tasks of `seedShop` where nothing is said. */
  readonly seed?: (database: TestDatabase) => Promise<void>;
}

/** A shop of this kind for the tests of a `describe`, opened before them and closed after. */
export function useShop(kind: DatabaseKind, options: ShopOptions = {}): () => Shop {
  let shop: Shop | undefined;
  beforeAll(async () => {
    const database = await openDatabase(kind);
    await createShopTables(database.knex);
    await (options.seed ?? (({ knex }) => seedShop(knex)))(database);
    shop = { database, repo: createRepo(database.knex, { domains: shopDomains }) };
  }, databaseTimeout);
  afterAll(() => shop?.database.close());
  return () => {
    if (shop === undefined) throw new Error("The shop is not open yet.");
    return shop;
  };
}

/** The codes and paths of what was refused, as `"filter.name.unknown at filter.nmae"`; what else is thrown is thrown on. */
export async function findRefusals(work: () => unknown): Promise<string[]> {
  try {
    await work();
  } catch (error) {
    if (error instanceof InvalidError)
      return error.issues.map(({ code, path }) => `${code} at ${path.join(".")}`);
    if (isAshlarError(error)) return error.problems.map(({ code }) => code);
    throw error;
  }
  return [];
}

/** The SQL of the statements that are sent while a function runs. */
export async function listStatements(repo: Repo, work: () => Promise<unknown>): Promise<string[]> {
  const statements: string[] = [];
  const end = repo.onQuery(({ sql }) => statements.push(sql));
  await work();
  end();
  return statements;
}
