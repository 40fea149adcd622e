import { fc } from "../fast-check.js";
import { serializeTable } from "../../src/migrations/serialize.js";
import type { TableSnapshot } from "../../src/migrations/snapshot.js";
import { testProject, type Settings, type TestProject } from "../../src/testing/index.js";

/** The tables of the example and of the two. */
const migration = `import type { Knex } from "knex";

export async function up(knex: Knex): Promise<void> {
  await knex.schema
    .createTable("users", (table) => {
      table.uuid("id").notNullable().defaultTo(knex.fn.uuid());
      table.string("email").notNullable();
      table.string("name");
      table.primary(["id"], "users_pkey");
      table.unique(["email"], { indexName: "users_unique_email_index", useConstraint: false });
    })
    .createTable("tasks", (table) => {
      table.uuid("id").notNullable().defaultTo(knex.fn.uuid());
      table.string("title").notNullable();
      table.boolean("done").notNullable().defaultTo(false);
      table.primary(["id"], "tasks_pkey");
    })
    .createTable("teams", (table) => {
      table.increments("id");
      table.string("name");
    })
    .createTable("products", (table) => {
      table.uuid("id").notNullable();
      table.primary(["id"], "products_pkey");
    });
}

export async function down(knex: Knex): Promise<void> {
  for (const table of ["products", "teams", "tasks", "users"]) await knex.schema.dropTable(table);
}
`;

const teams: TableSnapshot = {
  name: "teams",
  columns: [
    { name: "id", type: { kind: "integer" }, nullable: false, default: { kind: "increment" } },
    { name: "name", type: { kind: "string" }, nullable: true },
  ],
  ...{ primaryKey: { name: "teams_pkey", columns: ["id"] }, indexes: [], foreignKeys: [] },
};

const products: TableSnapshot = {
  name: "products",
  columns: [{ name: "id", type: { kind: "uuid" }, nullable: false }],
  ...{ primaryKey: { name: "products_pkey", columns: ["id"] }, indexes: [], foreignKeys: [] },
};

const files = {
  "src/works/team.ts": `import { integerPrimaryKey, resource, string } from "ashlar";

export class Team extends resource({
  table: "teams",
  attributes: { id: integerPrimaryKey(), name: string() },
}) {}
`,
  "src/works/product.ts": `import { resource, uuidV7PrimaryKey } from "ashlar";

export class Product extends resource({ table: "products", attributes: { id: uuidV7PrimaryKey() } }) {}
`,
  "src/works/works.ts": `import { domain } from "ashlar";
import { Product } from "./product.js";
import { Task } from "./task.js";
import { Team } from "./team.js";

export const Works = domain("Works", { resources: [Task, Team, Product] });
`,
  "migrations/20250101000000_create_everything.ts": migration,
  "migrations/snapshot/teams.json": serializeTable(teams),
  "migrations/snapshot/products.json": serializeTable(products),
};

/** The settings that change what is written. */
export const settings: fc.Arbitrary<Partial<Settings>> = fc.record({
  attributeCase: fc.constantFrom("camelCase", "snake_case"),
  fileCase: fc.constantFrom("kebab-case", "snake_case", "camelCase", "PascalCase"),
  importExtension: fc.constantFrom(".js", ".ts", ""),
  database: fc.constantFrom("pglite", "sqlite"),
});

/** The example with two more resources, whose keys are of other kinds. */
export function openStonyProject(given: Partial<Settings> = {}): TestProject {
  return testProject({ example: true, files, settings: given });
}
