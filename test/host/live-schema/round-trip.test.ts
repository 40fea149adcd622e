import { fc } from "../../fast-check.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readSchema } from "../../../src/host/live-schema/read-schema.js";
import { buildState } from "../../../src/host/prove/build-state.js";
import { adoptSqlTexts } from "../../../src/migrations/adopt-sql-texts.js";
import { compareSchemas } from "../../../src/migrations/compare.js";
import { databaseTimeout, openDatabase, type TestDatabase } from "../../databases/engines.js";
import { snapshots } from "../../migrations/arbitraries.js";

const root = process.cwd();

describe.each(["postgres", "sqlite", "pglite"] as const)("a schema that migrations built on %s", (kind) => {
  const family = kind === "sqlite" ? "sqlite" : "postgres";
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openDatabase(kind);
    await database.knex.raw("select 1");
  }, databaseTimeout);
  afterAll(() => database.close());

  it(
    "reads back as the snapshot, but for what the database does not keep",
    async () => {
      await fc.assert(
        fc.asyncProperty(snapshots, async (snapshot) => {
          const undone = new Error("undone");
          const build = database.knex.transaction(async (trx) => {
            await buildState(trx, { snapshot, database: family, root });
            const { snapshot: found } = await readSchema(trx);
            expect(compareSchemas(adoptSqlTexts(snapshot, found), found, family)).toEqual([]);
            throw undone;
          });
          await build.catch((error: unknown) => {
            if (error !== undone) throw error;
          });
        }),
        { numRuns: 40 },
      );
    },
    3 * databaseTimeout,
  );
});
