import { withScratchDatabase } from "../../../src/host/scratch/scratch-database.js";

// Opens a scratch database on the installed PostgreSQL, says so, and waits to be killed.
await withScratchDatabase({ root: process.cwd(), database: "postgres" }, async (knex, kind) => {
  await knex.raw("create table eggs (id integer)");
  process.stdout.write(`${kind}\n`);
  await new Promise((resolve) => setTimeout(resolve, 600_000));
});
