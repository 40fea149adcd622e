import { expect, test } from "vitest";
import { ashlarSerializer, testProject } from "../../src/testing/index.js";

expect.addSnapshotSerializer(ashlarSerializer);

test("a run is printed as a page: the command, the plan, each file, what is told and what to type next", async () => {
  const project = testProject({ example: true });
  await project.run("gen domain Library");
  const run = await project.run("gen resource Library Book --attributes user_id:uuid --plural tomes");
  expect(run).toMatchInlineSnapshot(`
    $ gen resource Library Book --attributes user_id:uuid --plural tomes

    Library.Book

    create src/library/book.ts
        import { belongsTo, resource, uuid, uuidPrimaryKey } from "ashlar";
        import { User } from "../accounts/user.js";

        export class Book extends resource({
          table: "tomes",
          attributes: {
            id: uuidPrimaryKey(),
            userId: uuid(),
          },
          actions: { defaults: ["create", "read", "update", "destroy"] },
        }) {
          static readonly relationships = {
            user: belongsTo(() => User),
          };
        }

    patch src/library/library.ts
          import { domain } from "ashlar";
        + import { Book } from "./book.js";

        - export const Library = domain("Library", { resources: [] });
        + export const Library = domain("Library", { resources: [Book] });

    patch src/accounts/user.ts
        - import { resource, string, uuidPrimaryKey } from "ashlar";
        + import { hasMany, resource, string, uuidPrimaryKey } from "ashlar";
        + import { Book } from "../library/book.js";

          export class User extends resource({
          …
            identities: { uniqueEmail: ["email"] },
            actions: { defaults: ["create", "read", "update", "destroy"] },
        - }) {}
        + }) {
        +   static readonly relationships = {
        +     tomes: hasMany(() => Book, { destinationAttribute: "userId" }),
        +   };
        + }

    create migrations/20260101000000_create_tomes.ts
        import type { Knex } from "knex";

        export async function up(knex: Knex): Promise<void> {
          await knex.schema.createTable("tomes", (table) => {
            table.uuid("id").notNullable().defaultTo(knex.fn.uuid());
            table.uuid("user_id");

            table.primary(["id"], "tomes_pkey");
            table
              .foreign("user_id", "tomes_user_id_fkey")
              .references("id")
              .inTable("users");
            table.index(["user_id"], "tomes_user_id_index");
          });
        }

        export async function down(knex: Knex): Promise<void> {
          await knex.schema.dropTable("tomes");
        }

    create migrations/snapshot/tomes.json
        {
          "columns": {
            "id": {
              "default": {
                "kind": "uuid"
              },
              "nullable": false,
              "type": {
                "kind": "uuid"
              }
            },
            "user_id": {
              "nullable": true,
              "type": {
                "kind": "uuid"
              }
            }
          },
          "foreignKeys": {
            "tomes_user_id_fkey": {
              "columns": ["user_id"],
              "onDelete": "no action",
              "references": {
                "columns": ["id"],
                "table": "users"
              }
            }
          },
          "indexes": {
            "tomes_user_id_index": {
              "columns": ["user_id"],
              "unique": false
            }
          },
          "name": "tomes",
          "primaryKey": {
            "columns": ["id"],
            "name": "tomes_pkey"
          },
          "version": 1
        }

    create migrations/snapshot/history/20260101000000_create_tomes.json
        {
          "after": {
            "tomes": "28c5b2c015fa440ee66ba63577ca413a38077926e35026d006c82e39aa8dc0aa"
          },
          "before": {
            "tomes": null
          },
          "files": {
            "20260101000000_create_tomes.ts": "cbf2d3961be89bdf4fa0866176677ca7ae12ca32a5c94dfdea73428a44e53082"
          },
          "version": 1
        }

    next: npx ashlar migrate

    exit code: 0
  `);
});

test("a run that changes nothing names what stays", async () => {
  const project = testProject({ example: true });
  const run = await project.run("gen resource Accounts User --attributes name:text");
  expect(run).toMatchInlineSnapshot(`
    $ gen resource Accounts User --attributes name:text

    Accounts.User

    unchanged src/accounts/user.ts
    unchanged src/accounts/accounts.ts
    unchanged migrations/snapshot/users.json

    notice: User.name is declared otherwise in src/accounts/user.ts; it stays as it is. [attribute.differs]
        To take the new declaration, add --conflicts replace.

    exit code: 0
  `);
});

test("a refusal is printed with its place, the lines there and what to paste", async () => {
  const project = testProject({ example: true });
  const user = project.read("src/accounts/user.ts");
  const own = "static readonly relationships = { notes: hasMany(() => Letter, {}) };";
  project.write("src/accounts/user.ts", user.replace("}) {}", `}) {\n  ${own}\n}`));
  const run = await project.run("gen resource Works Note --attributes user_id:uuid");
  expect(run).toMatchInlineSnapshot(`
    $ gen resource Works Note --attributes user_id:uuid

    refused: User has the relationship "notes" already: it is \`hasMany(() => Letter, {})\`, not \`hasMany(() => Note, { destinationAttribute: "userId" })\`. [patch.relationship.taken]
        at src/accounts/user.ts:13:37
          11 |   actions: { defaults: ["create", "read", "update", "destroy"] },
          12 | }) {
        > 13 |   static readonly relationships = { notes: hasMany(() => Letter, {}) };
             |                                     ^
          14 | }
          15 |
        paste:
        notes: hasMany(() => Note, { destinationAttribute: "userId" }),
        Name what is new otherwise, with --inverse user:<name>; or leave this end alone, with --no-inverse.

    exit code: 1
  `);
});

test("other values are left to other serializers", () => {
  expect(ashlarSerializer.test({ changed: [], refused: [] })).toBe(false);
  expect(ashlarSerializer.test("text")).toBe(false);
});
