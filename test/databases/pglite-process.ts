/** Opens the database in the given folder, inserts rows one by one and tells each, then stays or closes. */
import { setTimeout } from "node:timers/promises";
import knexModule from "knex";
import { PgliteClient } from "../../src/databases/pglite.js";
import { isAshlarError } from "../../src/support/problem.js";

const [dataDir = "", count = "0", end = "close"] = process.argv.slice(2);
const quiet = { warn() {} };
const knex = knexModule.knex({ client: PgliteClient, connection: { dataDir }, log: quiet });

async function waitForTurn(): Promise<void> {
  for (;;) {
    try {
      await knex.raw("create table if not exists entries (id serial primary key, pid integer)");
      return;
    } catch (error) {
      if (!isAshlarError(error) || error.code !== "database.locked") throw error;
      await setTimeout(20);
    }
  }
}

await waitForTurn();
process.stdout.write("open\n");
for (let index = 0; index < Number(count); index += 1) {
  const [row] = await knex("entries").insert({ pid: process.pid }, "id");
  process.stdout.write(`${row.id}\n`);
}
if (end === "stay") setInterval(() => {}, 1000);
else await knex.destroy();
