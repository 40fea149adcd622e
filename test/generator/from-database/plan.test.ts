import { describe, expect, test } from "vitest";
import { serializeTable } from "../../../src/migrations/serialize.js";
import type { ColumnSnapshot } from "../../../src/migrations/snapshot.js";
import { isAshlarError, type Problem } from "../../../src/support/problem.js";
import { emptyProject, exampleProject } from "../../../src/testing/projects.js";
import { importTables, type ImportOptions } from "./import-project.js";
import { integer, references, table, unique } from "./tables.js";

const users = table("users");
const tasks = table("tasks", ["user_id"], { foreignKeys: [references("tasks", "user_id", "users")] });
const invoices = table("invoices", [], { schema: "billing" });
const view = table("active_users", [], { key: [], columns: [integer("id"), integer("age")] });
const withView = {
  unmanaged: [{ key: "active_users", kind: "view", why: "is a query, not a table", table: view }],
};

async function findPaths(
  options: ImportOptions,
  tables = [users, tasks, invoices],
): Promise<readonly string[]> {
  const { plan } = await importTables(tables, options);
  return plan.changes.map(({ kind, path }) => `${kind} ${path}`);
}

async function findProblems(
  options: ImportOptions,
  tables = [users, tasks, invoices],
): Promise<readonly Problem[]> {
  const error: unknown = await importTables(tables, options).catch((thrown: unknown) => thrown);
  if (!isAshlarError(error)) throw new Error("It was not refused.", { cause: error });
  return error.problems;
}

describe("the plan", () => {
  test("has a file for each resource, domain and snapshot, and the repo knows the domains", async () => {
    expect(await findPaths({})).toEqual([
      "create src/example/task.ts",
      "create src/example/user.ts",
      "create src/billing/invoice.ts",
      "create src/example/example.ts",
      "patch src/repo.ts",
      "create src/billing/billing.ts",
      "create migrations/snapshot/tasks.json",
      "create migrations/snapshot/users.json",
      "create migrations/snapshot/billing.invoices.json",
      "create migrations/20260101000000_baseline.ts",
      "create migrations/snapshot/history/20260101000000_baseline.json",
    ]);
    const { plan, files } = await importTables([users, tasks, invoices]);
    expect(files["src/repo.ts"]).toContain("domains: [Example, Billing]");
    expect(files["migrations/snapshot/tasks.json"]).toBe(serializeTable(tasks));
    expect(plan.title).toBe("3 tables of the database");
  });

  test("is nothing the second time", async () => {
    const { files } = await importTables([users, tasks, invoices]);
    const { plan } = await importTables([users, tasks, invoices], { files });
    expect(new Set(plan.changes.map(({ kind }) => kind))).toEqual(new Set(["skip"]));
    expect(plan.title).toBe("No table without a resource");
    expect(plan.next).toEqual([]);
    expect(plan.notices.map(({ message }) => message)).toEqual([
      "3 tables have resources already, which were left as they are.",
    ]);
  });

  test("adds tables that came later, and leaves what is there", async () => {
    const { files } = await importTables([users]);
    const { plan, files: after } = await importTables([users, tasks], { files });
    expect(plan.changes.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      "skip src/example/user.ts",
      "create src/example/task.ts",
      "patch src/example/example.ts",
      "create migrations/snapshot/tasks.json",
      "create migrations/20260101000001_baseline.ts",
      "create migrations/snapshot/history/20260101000001_baseline.json",
    ]);
    expect(after["src/example/user.ts"]).toBe(files["src/example/user.ts"]);
    expect(after["src/example/example.ts"]).toContain("[User, Task]");
  });

  test("takes resources that people wrote for those of their tables", async () => {
    const { "src/accounts/user.ts": user = "" } = exampleProject;
    const files = {
      ...exampleProject,
      "src/accounts/user.ts": user.replace('table: "users"', 'table: "odd users"'),
    };
    const paths = await findPaths({ files }, [table("odd users"), table("users")]);
    expect(paths).toContain("skip src/accounts/user.ts");
    expect(paths).toContain("create src/example/users.ts");
  });

  test("leaves a snapshot that says something else, and warns", async () => {
    const other = serializeTable(table("users", ["age"]));
    const { plan, files } = await importTables([users], {
      files: { ...emptyProject, "migrations/snapshot/users.json": other },
    });
    expect(files["migrations/snapshot/users.json"]).toBe(other);
    expect(plan.notices).toContainEqual(
      expect.objectContaining({ code: "snapshot.kept", severity: "warning" }),
    );
  });

  test("brings what the tables need, once", async () => {
    const options = {
      schema: { prerequisites: ["create extension if not exists citext;", "create type a as (b text)"] },
    };
    const { files } = await importTables([users], options);
    expect(files["migrations/snapshot/prerequisites.sql"]?.split("\n").slice(2)).toEqual([
      "create extension if not exists citext;",
      "",
      "create type a as (b text);",
      "",
    ]);
    const own = { ...files, "migrations/snapshot/prerequisites.sql": "-- ours\n" };
    const again = await importTables([users], { ...options, files: own });
    expect(again.files["migrations/snapshot/prerequisites.sql"]).toBe("-- ours\n");
    expect(again.plan.notices.map(({ code }) => code)).toContain("prerequisites.kept");
  });
});

describe("which tables", () => {
  test.each<[string, ImportOptions["request"], readonly string[]]>([
    ["those that are named", { tables: ["users", "billing.invoices"] }, ["user", "invoice"]],
    ["those of a schema", { tables: ["billing.*"] }, ["invoice"]],
    ["one in another schema by its bare name", { tables: ["invoices"] }, ["invoice"]],
    ["all but those that are named", { skipTables: ["billing.*", "tasks"] }, ["user"]],
    ["those of both", { tables: ["*"], skipTables: ["t*"] }, ["invoice", "user"]],
  ])("%s", async (_, request = {}, expected) => {
    const paths = await findPaths({ request: { ...request, domain: "Shop" } });
    const found = paths.flatMap((path) => /src\/shop\/(?!shop\.)(\w+)\.ts/.exec(path)?.[1] ?? []);
    expect(found.toSorted()).toEqual(expected.toSorted());
  });

  test("a view only where it is asked for, to be read alone", async () => {
    expect((await findPaths({ schema: withView })).join()).not.toContain("active");
    for (const request of [{ includeViews: true }, { tables: ["active_users"] }]) {
      const { plan, files } = await importTables([users], { schema: withView, request });
      expect(files["src/example/active-user.ts"]).toContain("managed: false");
      expect(files["src/example/active-user.ts"]).toContain('defaults: ["read"]');
      expect(files["migrations/snapshot/active_users.json"]).toBeUndefined();
      expect(plan.notices).toContainEqual(expect.objectContaining({ code: "resource.unmanaged" }));
    }
  });

  const columns: readonly ColumnSnapshot[] = [integer("a"), integer("b", true), integer("c", true)];

  test("one without a primary key, its unique index taken for one", async () => {
    const log = table("log", [], { key: [], columns, indexes: [unique("log_c", ["c"])] });
    const { plan, files } = await importTables([log]);
    expect(files["src/example/log.ts"]).toContain("c: integer().primaryKey()");
    expect(files["src/example/log.ts"]).toContain("primaryKeyConstraint: false");
    expect(files["src/example/log.ts"]).toContain('defaults: ["create", "read", "update", "destroy"]');
    expect(JSON.parse(files["migrations/snapshot/log.json"] ?? "")).not.toHaveProperty("primaryKey");
    expect(plan.notices.map(({ message }) => message)).toEqual([
      'Log takes a unique index for its key: "log" has no primary key.',
    ]);
  });

  test("one whose rows nothing keeps apart, to be read alone", async () => {
    const { plan, files } = await importTables([table("log", [], { key: [], columns })]);
    expect(files["src/example/log.ts"]).toContain("primaryKeyConstraint: false");
    expect(files["src/example/log.ts"]).toContain('defaults: ["read"]');
    expect(files["migrations/snapshot/log.json"]).toBeDefined();
    expect(plan.notices.map(({ message }) => message)).toEqual([
      'Log is read alone: "log" has neither a primary key nor a unique index for one.',
    ]);
  });

  test("one with nothing that could be a key, told, unmanaged and read alone", async () => {
    const { plan, files } = await importTables([table("log", ["line"], { key: [] }), users]);
    expect(files["src/example/log.ts"]).toContain("managed: false");
    expect(files["migrations/snapshot/log.json"]).toBeUndefined();
    expect(plan.notices.map(({ message }) => message)).toEqual([
      'Log is not managed by migrations: "log" has no primary key.',
      'The baseline does not make the table "log".',
    ]);
  });

  test("what gets no resource is named, and why", async () => {
    const { plan } = await importTables([users], {
      schema: {
        ...withView,
        parts: [
          {
            ...{ kind: "row security", name: "users", table: "users", sql: "alter table users" },
            why: '"users" has row level security.',
          },
        ],
        notices: ['"users" is strict.'],
      },
    });
    expect(plan.notices.map(({ message }) => message)).toEqual([
      'The view "active_users" gets no resource: it is a query, not a table.',
      '"users" has row level security.',
      '"users" is strict.',
      'The baseline does not make the view "active_users", the row security "users".',
    ]);
  });

  test("many that stay out for one reason are told together", async () => {
    const name = (number: number) => `log_${String(number).padStart(2, "0")}`;
    const logs = Array.from({ length: 15 }, (_, number) => table(name(number), ["line"], { key: [] }));
    const unmanaged = logs.map((each) => ({
      ...{ key: each.name, kind: "partition", table: each },
      why: 'is a partition of "logs", and changes with it',
    }));
    const loose = [
      { kind: "function", name: "tidy()" },
      { kind: "function", name: "total(integer)" },
    ];
    const left = await importTables([users], { schema: { unmanaged, loose } });
    const named = logs.slice(0, 12).map((each) => `"${each.name}"`);
    expect(left.plan.notices.map(({ message }) => message)).toEqual([
      `The partitions ${named.join(", ")}, 3 more get no resources: each is a partition of "logs", and changes with it.`,
      `The baseline does not make the partitions ${named.join(", ")}, 3 more, the functions "tidy()", "total(integer)".`,
    ]);
    const read = await importTables(logs.slice(0, 2));
    expect(read.plan.notices.map(({ message }) => message)).toContain(
      "Log00, Log01 are not managed by migrations: what each reads has no primary key.",
    );
  });

  test("a table without columns gets none", async () => {
    const empty = { key: "empty", kind: "table", why: "has no columns" };
    const bare = table("empty", [], { key: [] });
    const { plan, files } = await importTables([users], {
      schema: { unmanaged: [{ ...empty, table: bare }] },
    });
    expect(files["src/example/empty.ts"]).toBeUndefined();
    expect(plan.notices.map(({ message }) => message)).toContain(
      'The table "empty" gets no resource: it has no columns.',
    );
  });

  test("a table that is not there is refused with what was perhaps meant", async () => {
    expect(await findProblems({ request: { tables: ["user", "nothing.*"] } })).toEqual([
      {
        code: "table.unknown",
        message: '--tables names "user", and the database has no such table.',
        hint: 'Did you mean "users"? It has: billing.invoices, tasks, users.',
      },
      expect.objectContaining({ code: "table.unknown", message: expect.stringContaining('"nothing.*"') }),
    ]);
  });

  test("an empty database is refused", async () => {
    expect(await findProblems({}, [])).toMatchObject([{ code: "database.empty" }]);
  });

  test("a file that stands where a resource would is refused", async () => {
    const files = { ...emptyProject, "src/example/user.ts": "export const user = 1;\n" };
    expect(await findProblems({ files })).toMatchObject([
      { code: "file.exists", hint: expect.stringContaining("--skip-tables users") },
    ]);
  });
});

describe("names", () => {
  test("of classes that would be one are told apart, the connection's own schema first", async () => {
    const tables = [table("user"), users, table("users", [], { schema: "audit" }), table("User")];
    const { plan } = await importTables(tables);
    expect(plan.notices.map(({ message }) => message)).toEqual([
      'The table "user" becomes UserRecord: the name User is taken.',
      'The table "users" becomes Users: the name User is taken.',
      'The table "audit.users" becomes AuditUser: the name User is taken.',
    ]);
  });

  test("of JavaScript's own and of the domain are left to them", async () => {
    const { files } = await importTables([table("dates"), table("maps"), table("shops")], {
      request: { domain: "Shop" },
    });
    expect(Object.keys(files).filter((path) => path.startsWith("src/shop/"))).toEqual([
      "src/shop/dates.ts",
      "src/shop/maps.ts",
      "src/shop/shops.ts",
      "src/shop/shop.ts",
    ]);
  });

  test("of attributes are the same whatever the order, and those that differ are told", async () => {
    const columns = [integer("Line 1"), integer("line1"), integer("line_1"), integer("then")];
    const { plan, files } = await importTables([
      table("odd", [], { columns: [integer("id", true), ...columns] }),
    ]);
    expect(files["src/example/odd.ts"]).toContain(`    line1_2: integer().column("Line 1"),
    line1: integer(),
    line1_3: integer().column("line_1"),
    thenValue: integer().column("then"),`);
    expect(plan.notices.map(({ message }) => message)).toEqual([
      'The column "Line 1" becomes Odd.line1_2: line1 is taken.',
      'The column "line_1" becomes Odd.line1_3: line1 is taken.',
    ]);
  });

  test("are spelled as the project spells them", async () => {
    const { files } = await importTables([users, tasks], {
      settings: { attributeCase: "snake_case", fileCase: "snake_case" },
    });
    expect(files["src/example/task.ts"]).toContain("user_id: integer(),");
    expect(files["src/example/user.ts"]).toContain(
      'hasMany(() => Task, { destinationAttribute: "user_id" })',
    );
  });

  test("that tell of secrets make attributes sensitive, which is said", async () => {
    const columns: readonly ColumnSnapshot[] = [
      integer("id", true),
      { name: "password_hash", type: { kind: "text" }, nullable: false },
      { name: "api_key", type: { kind: "string" }, nullable: true },
      { name: "password_changed_at", type: { kind: "datetime" }, nullable: true },
      { name: "keyboard", type: { kind: "text" }, nullable: true },
    ];
    const { plan } = await importTables([table("users", [], { columns })]);
    expect(plan.notices.map(({ message }) => message)).toEqual([
      "Kept out of errors and logs, by their names: User.passwordHash, User.apiKey.",
    ]);
  });
});

describe("shorthands", () => {
  const now = { type: { kind: "datetime" }, nullable: false, default: { kind: "now" } } as const;
  const id = { name: "id", nullable: false } as const;

  test.each<[string, readonly ColumnSnapshot[], string]>([
    ["a uuid", [{ ...id, type: { kind: "uuid" }, default: { kind: "uuid" } }], "id: uuidPrimaryKey(),"],
    [
      "a number",
      [{ ...id, type: { kind: "integer" }, default: { kind: "increment" } }],
      "id: integerPrimaryKey(),",
    ],
    [
      "a bigint",
      [{ ...id, type: { kind: "bigint" }, default: { kind: "increment" } }],
      'id: bigint().primaryKey().generated("increment").readOnly(),',
    ],
    [
      "timestamps",
      [
        { ...id, type: { kind: "integer" } },
        { name: "updated_at", ...now },
        { name: "inserted_at", ...now },
      ],
      "...timestamps(),",
    ],
    [
      "one timestamp alone",
      [
        { ...id, type: { kind: "integer" } },
        { name: "inserted_at", ...now },
      ],
      'insertedAt: datetime().required().generated("now"),',
    ],
    [
      "timestamps one of which is told of",
      [
        { ...id, type: { kind: "integer" } },
        { name: "updated_at", ...now, comment: "When" },
        { name: "inserted_at", ...now },
      ],
      '.description("When"),',
    ],
  ])("stand for %s where they say exactly that", async (_, columns, expected) => {
    const { files } = await importTables([table("things", [], { columns })]);
    expect(files["src/example/thing.ts"]).toContain(expected);
  });
});
