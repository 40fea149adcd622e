import { fc } from "../fast-check.js";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { diffSnapshots } from "../../src/migrations/diff.js";
import type { Operation } from "../../src/migrations/operation.js";
import { planMigration } from "../../src/migrations/plan-migration.js";
import { reviewRewrites } from "../../src/migrations/review-rewrites.js";
import type { Snapshot } from "../../src/migrations/snapshot.js";
import { databaseTimeout, openPostgres, type TestDatabase } from "../databases/engines.js";
import { postgresPairs } from "./arbitraries.js";
import { changesOf } from "./arbitrary-renames.js";
import { emptyDatabase } from "./empty-database.js";
import { diffOf } from "./feature-runs.js";
import { features } from "./migrate-features-cases.js";
import { prepareMigration } from "./run-migration.js";
import { answerEverything } from "./soak/answer-everything.js";

describe("what is told of tables that are written anew", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openPostgres();
  }, databaseTimeout);
  beforeEach(() => emptyDatabase(database));
  afterAll(() => database.close());

  /** Where the rows of each table are: another place once they were written anew. */
  async function findPlaces(): Promise<ReadonlyMap<string, string>> {
    const rows: readonly { oid: string; name: string; place: string }[] = await database
      .knex("pg_class")
      .whereRaw("relkind = 'r' and relnamespace > 16000 and relname not like 'history%'")
      .select("oid", "relname as name", "relfilenode as place");
    return new Map(rows.map(({ oid, name, place }) => [`${oid} ${name}`, place]));
  }

  /** The tables that are there before and after, by the last name, and were written anew. */
  async function listRewritten(work: () => Promise<void>): Promise<readonly string[]> {
    const before = new Map([...(await findPlaces())].map(([key, place]) => [key.split(" ")[0], place]));
    await work();
    return [...(await findPlaces())].flatMap(([key, place]) => {
      const [oid = "", ...name] = key.split(" ");
      const old = before.get(oid);
      return old !== undefined && old !== place ? [name.join(" ")] : [];
    });
  }

  async function expectTold(operations: readonly Operation[], before: Snapshot): Promise<void> {
    await (await prepareMigration(database, diffSnapshots(new Map(), before))).up();
    const migration = await prepareMigration(database, operations, before, { lockSafe: true });
    const rewritten = await listRewritten(migration.up);
    const told = reviewRewrites(operations).map(({ message }) => /writes "(.+?)" anew/.exec(message)?.[1]);
    const names = told.map((key) => key?.replace(/^(?:billing|barn)\./, "") ?? "");
    expect([...new Set(names)].sort(), migration.text).toEqual([...rewritten].sort());
  }

  const cases = Object.entries(features).filter(([, { database: only = "postgres" }]) => only === "postgres");

  it.each(cases)("is what PostgreSQL does: %s", async (_, feature) => {
    await expectTold(diffOf(feature), feature.before);
  });

  it("is what PostgreSQL does, whatever the schemas", async () => {
    await fc.assert(
      fc.asyncProperty(changesOf(postgresPairs), async (change) => {
        await emptyDatabase(database);
        const { before, after } = change;
        const answers = answerEverything(change, "postgres");
        const { operations } = planMigration({ before, after, answers, database: "postgres" });
        await expectTold(operations, before);
      }),
      { numRuns: 25 },
    );
  });
});
