import { serializeTable } from "../migrations/serialize.js";
import type { ColumnSnapshot, TableSnapshot } from "../migrations/snapshot.js";

/** A project as `ashlar new` leaves it, as far as generators look at it. */
export const emptyProject: Readonly<Record<string, string>> = {
  "package.json": `{ "name": "example", "private": true, "type": "module" }\n`,
  "tsconfig.json": `{
  "compilerOptions": {
    "target": "ES2022",
    "module": "NodeNext",
    "moduleResolution": "NodeNext",
    "types": [],
    "strict": true,
    "noUncheckedIndexedAccess": true,
    "exactOptionalPropertyTypes": true,
    "verbatimModuleSyntax": true,
    "skipLibCheck": true,
    "noEmit": true
  }
}
`,
  ".prettierrc.json": "{}\n",
  "src/repo.ts": `import { createRepo } from "ashlar";
import knex from "knex";

export const repo = createRepo(knex({ client: "pg" }), { domains: [] });
`,
};

const id: ColumnSnapshot = {
  name: "id",
  type: { kind: "uuid" },
  nullable: false,
  default: { kind: "uuid" },
};

const users: TableSnapshot = {
  name: "users",
  columns: [
    id,
    { name: "email", type: { kind: "string" }, nullable: false },
    { name: "name", type: { kind: "string" }, nullable: true },
  ],
  primaryKey: { name: "users_pkey", columns: ["id"] },
  indexes: [{ name: "users_unique_email_index", columns: ["email"], unique: true }],
  foreignKeys: [],
};

const tasks: TableSnapshot = {
  name: "tasks",
  columns: [
    id,
    { name: "title", type: { kind: "string" }, nullable: false },
    { name: "done", type: { kind: "boolean" }, nullable: false, default: { kind: "value", value: false } },
  ],
  primaryKey: { name: "tasks_pkey", columns: ["id"] },
  indexes: [],
  foreignKeys: [],
};

/** A project as `ashlar new --example` leaves it, as far as generators look at it. */
export const exampleProject: Readonly<Record<string, string>> = {
  ...emptyProject,
  "src/repo.ts": `import { createRepo } from "ashlar";
import knex from "knex";
import { Accounts } from "./accounts/accounts.js";
import { Works } from "./works/works.js";

export const repo = createRepo(knex({ client: "pg" }), { domains: [Accounts, Works] });
`,
  "src/accounts/accounts.ts": `import { domain } from "ashlar";
import { User } from "./user.js";

export const Accounts = domain("Accounts", { resources: [User] });
`,
  "src/accounts/user.ts": `import { resource, string, uuidPrimaryKey } from "ashlar";

export class User extends resource({
  table: "users",
  attributes: {
    id: uuidPrimaryKey(),
    email: string().required(),
    name: string(),
  },
  identities: { uniqueEmail: ["email"] },
  actions: { defaults: ["create", "read", "update", "destroy"] },
}) {}
`,
  "src/works/works.ts": `import { domain } from "ashlar";
import { Task } from "./task.js";

export const Works = domain("Works", { resources: [Task] });
`,
  "src/works/task.ts": `import { boolean, resource, string, uuidPrimaryKey } from "ashlar";

export class Task extends resource({
  table: "tasks",
  attributes: {
    id: uuidPrimaryKey(),
    title: string().required(),
    done: boolean().required().default(false),
  },
  actions: { defaults: ["create", "read", "update", "destroy"] },
}) {}
`,
  "migrations/snapshot/users.json": serializeTable(users),
  "migrations/snapshot/tasks.json": serializeTable(tasks),
};
