import { diffSnapshots } from "../../../src/migrations/diff.js";
import type { Snapshot } from "../../../src/migrations/snapshot.js";
import { column, foreignKeyTo, indexOf, snapshotOf, tableOf } from "../../migrations/tables.js";

const email = column("email", { kind: "string" }, { nullable: false });
const uniqueEmail = indexOf("users", ["email"], true);

const posts = tableOf("posts", [column("user_id", { kind: "uuid" }, { nullable: false }), column("title")], {
  foreignKeys: [foreignKeyTo("users", "posts", "user_id")],
});

/** Users with posts; then users get a nickname with an index. */
export const before: Snapshot = snapshotOf(tableOf("users", [email], { indexes: [uniqueEmail] }), posts);

export const after: Snapshot = snapshotOf(
  tableOf("users", [email, column("nick")], { indexes: [uniqueEmail, indexOf("users", ["nick"])] }),
  posts,
);

export const operations = diffSnapshots(before, after);

/** A migration of these two bodies. */
export function writeMigration(up: string, down: string): string {
  return [
    'import type { Knex } from "knex";',
    `export async function up(knex: Knex): Promise<void> { ${up} }`,
    `export async function down(knex: Knex): Promise<void> { ${down} }`,
  ].join("\n\n");
}

export const addNick = 'await knex.schema.alterTable("users", (table) => { table.text("nick"); });';
export const indexNick =
  'await knex.schema.alterTable("users", (table) => { table.index(["nick"], "users_nick_index"); });';
export const dropNick = 'await knex.schema.alterTable("users", (table) => { table.dropColumn("nick"); });';

export const up = `${addNick} ${indexNick}`;
export const down = `await knex.schema.alterTable("users", (table) => { table.dropIndex(["nick"], "users_nick_index"); }); ${dropNick}`;
