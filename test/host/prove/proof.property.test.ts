import { fc } from "../../fast-check.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { proveMigrations } from "../../../src/host/prove/prove-migrations.js";
import { planMigration } from "../../../src/migrations/plan-migration.js";
import { noRenames } from "../../../src/migrations/renames.js";
import { renderMigrations } from "../../../src/migrations/render.js";
import type { Snapshot } from "../../../src/migrations/snapshot.js";
import { startPostgres, type PostgresServer } from "../../databases/postgres-server.js";
import { snapshots } from "../../migrations/arbitraries.js";
import { renderTemplate } from "../../migrations/render-template.js";

const timeout = 180_000;
const answers = {
  renames: noRenames,
  dropped: [],
  allowed: ["all"],
  fills: new Map<string, string>(),
  casts: new Map<string, string>(),
};

let server: PostgresServer;
let url: string;
beforeAll(async () => {
  server = await startPostgres();
  const { user, password, host, port, database } = await server.createDatabase();
  url = `postgres://${user}:${password}@${host}:${port}/${database}`;
}, timeout);
afterAll(() => server.stop());

describe.each(["postgres", "sqlite"] as const)("on %s", (database) => {
  async function provePair(before: Snapshot, wanted: Snapshot): Promise<void> {
    const { operations, withheld, after } = planMigration({ before, after: wanted, database, answers });
    const rendered = renderMigrations({
      operations,
      before,
      withheld,
      database,
      lockSafe: true,
      renderTemplate,
    });
    const files = rendered.map(({ text, suffix }) => ({ name: `20261123_change${suffix}.ts`, text }));
    const where = database === "postgres" ? { server: url } : {};
    const request = { root: process.cwd(), database, before, after, operations, files, ...where };
    const { steps } = await proveMigrations(request);
    expect(steps.at(-1)?.what).toBe("checks");
  }

  it(
    "whatever is generated passes its proof",
    () => fc.assert(fc.asyncProperty(snapshots, snapshots, provePair), { numRuns: 12 }),
    timeout,
  );
});
