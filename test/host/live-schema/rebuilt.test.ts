import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LiveSchema } from "../../../src/host/live-schema/live-schema.js";
import { readSchema } from "../../../src/host/live-schema/read-schema.js";
import { readAsBuilt, buildState } from "../../../src/host/prove/build-state.js";
import { withScratchDatabase } from "../../../src/host/scratch/scratch-database.js";
import { compareSchemas } from "../../../src/migrations/compare.js";
import { databaseTimeout, type TestDatabase } from "../../databases/engines.js";
import { openAwkwardDatabase } from "./awkward-database.js";

const root = process.cwd();

describe.each(["postgres", "sqlite"] as const)("a database that ashlar did not make, on %s", (kind) => {
  let database: TestDatabase;
  let schema: LiveSchema;
  beforeAll(async () => {
    database = await openAwkwardDatabase(kind);
    schema = await readSchema(database.knex);
  }, databaseTimeout);
  afterAll(() => database.close());

  it(
    "is built from what was read of it, and reads the same",
    async () => {
      const { snapshot, prerequisites } = schema;
      const options = {
        root,
        database: kind === "sqlite" ? kind : "pglite",
        prerequisites: prerequisites.join(";\n"),
      } as const;
      const rebuilt = await withScratchDatabase(options, async (knex) => {
        const expected = await readAsBuilt(knex, { snapshot, database: kind, root });
        expect(compareSchemas(expected, snapshot, kind)).toEqual([]);
        await buildState(knex, { snapshot, database: kind, root });
        return readSchema(knex);
      });
      expect(compareSchemas(snapshot, rebuilt.snapshot, kind)).toEqual([]);
    },
    2 * databaseTimeout,
  );
});
