import type { ColumnSnapshot, Snapshot, TableSnapshot } from "../../src/migrations/snapshot.js";
import { buildTableKey } from "../../src/migrations/table-key.js";
import { column, foreignKeyTo, indexOf, snapshotOf, tableOf } from "./tables.js";

export interface FeatureCase {
  readonly before: Snapshot;
  readonly after: Snapshot;
  /** Rows to be there before; those of a table keep their values through up and down. */
  readonly rows?: Readonly<Record<string, readonly Record<string, unknown>[]>>;
  readonly database?: "postgres" | "sqlite";
  readonly renames?: {
    readonly tables?: readonly (readonly [string, string])[];
    readonly columns?: readonly (readonly [string, string, string])[];
  };
}

const id = "0b7c3a52-54a0-4d0a-8b0e-3a54e1f0a001";
const integer = { kind: "integer" } as const;
const text = { kind: "text" } as const;
const required = { nullable: false } as const;
const task = (columns: readonly ColumnSnapshot[], more: Partial<TableSnapshot> = {}) =>
  tableOf("tasks", columns, more);
const rows = { tasks: [{ id, title: "one", n: 1 }] };
const base = [column("title"), column("n", integer)];

const tenantColumns = [column("tenant", integer, required), column("task_id", { kind: "uuid" })];

function changed(more: Partial<TableSnapshot>, old: Partial<TableSnapshot> = {}): FeatureCase {
  return { before: snapshotOf(task(base, old)), after: snapshotOf(task(base, more)), rows };
}

function altered(before: ColumnSnapshot, after: ColumnSnapshot, value: unknown): FeatureCase {
  return {
    before: snapshotOf(task([before])),
    after: snapshotOf(task([after])),
    rows: { tasks: [{ id, [before.name]: value }] },
  };
}

const odd = 'my "odd? as.Name';
const oddTable: TableSnapshot = {
  name: 'Odd? "table.x',
  columns: [
    column("order", integer, required),
    column(odd, text, { comment: "What's \\? this?", default: { kind: "value", value: "a?b'c\\?" } }),
    column(
      "select",
      { kind: "enum", values: ["it's", "what?"] },
      { default: { kind: "value", value: "what?" } },
    ),
    column("Upper Case", text),
  ],
  primaryKey: { name: "odd? key", columns: ["order"] },
  indexes: [
    { name: 'odd "index?', columns: [odd], unique: false },
    { name: "an as index", columns: ["Upper Case"], unique: true },
  ],
  foreignKeys: [],
  checks: [{ name: "select", sql: `"select" <> 'no?' and "order" > 0` }],
};

const oddSnapshot = (table: TableSnapshot): Snapshot => new Map([[buildTableKey(table), table]]);

const everything: Partial<TableSnapshot> = {
  checks: [
    { name: "tasks_n_check", sql: "n >= 0" },
    { name: "tasks_title_check", sql: "title <> '?'" },
  ],
  indexes: [
    { name: "tasks_open_index", columns: ["title"], unique: true, where: "n > 0" },
    { name: "tasks_lower_index", columns: [{ sql: "lower(title)" }, { sql: "n desc" }], unique: false },
  ],
};

const state = (...values: readonly string[]) =>
  column(
    "state",
    { kind: "enum", values, native: "task_state" },
    { default: { kind: "value", value: values.at(-1) ?? null } },
  );

const comparing: Partial<TableSnapshot> = {
  checks: [{ name: "tasks_state_from", sql: "state >= 'open'" }],
  indexes: [{ name: "tasks_state_open", columns: ["id"], unique: false, where: "state = 'open'" }],
};

const trigger = {
  name: "touch",
  up: "create trigger touch after insert on tasks begin\n  update tasks set n = 5 where title = 'what?';\nend",
  down: "drop trigger touch",
};

/** Changes by what they show, with rows in the tables. */
export const features: Readonly<Record<string, FeatureCase>> = {
  "checks, partial and expression indexes": changed(everything),
  "checks, partial and expression indexes dropped": changed({}, everything),
  "a check of the same name with another condition": changed(
    { checks: [{ name: "c", sql: "n > 0" }] },
    { checks: [{ name: "c", sql: "n >= 0" }] },
  ),
  "a table with odd names made": { before: snapshotOf(), after: oddSnapshot(oddTable) },
  "columns with odd names added": {
    before: oddSnapshot({ ...oddTable, columns: oddTable.columns.slice(0, 1), indexes: [], checks: [] }),
    after: oddSnapshot(oddTable),
    rows: { [oddTable.name]: [{ order: 1 }] },
  },
  "a column with an odd name required": {
    before: snapshotOf(task([column(odd)])),
    after: snapshotOf(task([column(odd, text, required)])),
    rows: { tasks: [{ id, [odd]: "x" }] },
  },
  "a composite foreign key that may wait": {
    before: snapshotOf(
      task([column("tenant", integer, required)], { indexes: [indexOf("tasks", ["tenant", "id"], true)] }),
      tableOf("notes", [column("tenant", integer), column("task_id", { kind: "uuid" })]),
    ),
    after: snapshotOf(
      task([column("tenant", integer, required)], { indexes: [indexOf("tasks", ["tenant", "id"], true)] }),
      tableOf("notes", [column("tenant", integer), column("task_id", { kind: "uuid" })], {
        foreignKeys: [
          {
            name: "notes_task_fkey",
            columns: ["tenant", "task_id"],
            references: { table: "tasks", columns: ["tenant", "id"] },
            onDelete: "cascade",
            onUpdate: "cascade",
            deferrable: "initially deferred",
          },
        ],
      }),
    ),
    rows: { tasks: [{ id, tenant: 1 }], notes: [{ id, tenant: 1, task_id: id }] },
  },
  "a foreign key that makes one of its columns null": {
    before: snapshotOf(task([column("tenant", integer, required)]), tableOf("notes", tenantColumns)),
    after: snapshotOf(
      task([column("tenant", integer, required)], { indexes: [indexOf("tasks", ["tenant", "id"], true)] }),
      tableOf("notes", tenantColumns, {
        foreignKeys: [
          {
            name: "notes_task_fkey",
            columns: ["tenant", "task_id"],
            references: { table: "tasks", columns: ["tenant", "id"] },
            onDelete: "set null",
            setNull: ["task_id"],
          },
        ],
      }),
    ),
    rows: { tasks: [{ id, tenant: 1 }], notes: [{ id, tenant: 1, task_id: id }] },
    database: "postgres",
  },
  "a foreign key dropped with its column": {
    before: snapshotOf(
      task([]),
      tableOf("notes", [column("task_id", { kind: "uuid" })], {
        foreignKeys: [foreignKeyTo("tasks", "notes", "task_id")],
        indexes: [indexOf("notes", ["task_id"])],
      }),
    ),
    after: snapshotOf(task([]), tableOf("notes")),
    rows: { tasks: [{ id }], notes: [{ id }] },
  },
  "a foreign key to a unique key made with it": {
    before: snapshotOf(task(base), tableOf("notes", [column("title")])),
    after: snapshotOf(
      task(base, { indexes: [indexOf("tasks", ["title"], true)] }),
      tableOf("notes", [column("title")], {
        foreignKeys: [
          {
            name: "notes_title_fkey",
            columns: ["title"],
            references: { table: "tasks", columns: ["title"] },
            onDelete: "no action",
          },
        ],
      }),
    ),
    rows: { tasks: [{ id, title: "a" }], notes: [{ id, title: "a" }] },
  },
  "a generated column": {
    before: snapshotOf(task(base)),
    after: snapshotOf(task([...base, column("twice", integer, { generatedAs: "n * 2" })])),
    rows,
  },
  "a virtual column": {
    before: snapshotOf(task(base)),
    after: snapshotOf(task([...base, column("twice", integer, { generatedAs: "n * 2", virtual: true })])),
    rows,
  },
  "a virtual column worked out otherwise": {
    before: snapshotOf(task([...base, column("twice", integer, { generatedAs: "n * 2", virtual: true })])),
    after: snapshotOf(task([...base, column("twice", integer, { generatedAs: "n * 3", virtual: true })])),
    rows,
  },
  "a virtual column that is stored": {
    before: snapshotOf(task([...base, column("twice", integer, { generatedAs: "n * 2", virtual: true })])),
    after: snapshotOf(task([...base, column("twice", integer, { generatedAs: "n * 2" })])),
    rows,
  },
  "a virtual column that is freed": {
    before: snapshotOf(task([...base, column("twice", integer, { generatedAs: "n * 2", virtual: true })])),
    after: snapshotOf(task([...base, column("twice", integer)])),
    rows,
  },
  "a generated column worked out otherwise": {
    before: snapshotOf(task([...base, column("twice", integer, { generatedAs: "n * 2" })])),
    after: snapshotOf(
      task([...base, column("twice", integer, { generatedAs: "n + n + 1" })], { indexes: [] }),
    ),
    rows,
  },
  "defaults in SQL": {
    before: snapshotOf(task(base)),
    after: snapshotOf(
      task([...base, column("label", text, { ...required, default: { kind: "sql", sql: "lower('A?')" } })]),
    ),
    rows,
  },
  "defaults in SQL that are more than a term": {
    before: snapshotOf(task(base)),
    after: snapshotOf(
      task([
        ...base,
        column(
          "isEarly",
          { kind: "boolean" },
          { default: { kind: "sql", sql: "1 < 2 and not 'b' like 'c%'" } },
        ),
        column("label", text, { ...required, default: { kind: "sql", sql: "lower('A') || '(b'" } }),
      ]),
    ),
    rows,
  },
  "a default in SQL changed": altered(
    column("label", text, { default: { kind: "sql", sql: "lower('A')" } }),
    column("label", text, { default: { kind: "sql", sql: "upper('b')" } }),
    "x",
  ),
  "a column required, its check changed too": altered(
    column("kind", { kind: "enum", values: ["a", "b"] }),
    column(
      "kind",
      { kind: "enum", values: ["a", "c"] },
      { ...required, default: { kind: "value", value: "c" } },
    ),
    "a",
  ),
  "an enum in a text added": {
    before: snapshotOf(task(base)),
    after: snapshotOf(
      task([
        ...base,
        column(
          "kind",
          { kind: "enum", values: ["a", "b"] },
          { ...required, default: { kind: "value", value: "b" } },
        ),
      ]),
    ),
    rows,
  },
  "another primary key": {
    before: snapshotOf(task([column("n", integer, required)])),
    after: snapshotOf(
      task([column("n", integer, required)], { primaryKey: { name: "tasks_n_pkey", columns: ["n"] } }),
    ),
    rows: { tasks: [{ id, n: 4 }] },
  },
  "a statement over a table that is made anew": {
    before: snapshotOf(task(base, { statements: [trigger] })),
    after: snapshotOf(
      task([column("title", text), column("n", integer, { default: { kind: "value", value: 3 } })], {
        statements: [trigger],
      }),
    ),
    database: "sqlite",
    rows,
  },
  "an enum type with one more word, in use at once": {
    before: snapshotOf(task([state("open", "done")])),
    after: snapshotOf(task([state("open", "done", "archived")])),
    database: "postgres",
  },
  "an enum type with other words": {
    before: snapshotOf(task([state("open", "done")])),
    after: snapshotOf(task([state("open", "late")])),
    database: "postgres",
    rows: { tasks: [{ id, state: "open" }] },
  },
  "an enum type that comes": {
    before: snapshotOf(task([column("title")])),
    after: snapshotOf(task([column("title"), state("open", "done")])),
    database: "postgres",
    rows: { tasks: [{ id, title: "x" }] },
  },
  "words added to an enum type": {
    before: snapshotOf(task([state("open", "done")])),
    after: snapshotOf(task([state("new", "open", "stuck", "done", "late")])),
    database: "postgres",
    rows: { tasks: [{ id, state: "open" }] },
  },
  "words added to an enum type that SQL compares with": {
    before: snapshotOf(task([state("open", "done")], comparing)),
    after: snapshotOf(task([state("open", "late", "done")], comparing)),
    database: "postgres",
    rows: { tasks: [{ id, state: "open" }] },
  },
  "a schema, and a table that moves into it": {
    before: snapshotOf(task(base, { indexes: [indexOf("tasks", ["title"])] })),
    after: new Map([
      [
        "billing.jobs",
        { ...task(base, { indexes: [indexOf("tasks", ["title"])] }), schema: "billing", name: "jobs" },
      ],
    ]),
    renames: { tables: [["tasks", "billing.jobs"]] },
    database: "postgres",
  },
  "a table in a schema, changed": {
    before: new Map([["billing.tasks", { ...task(base), schema: "billing" }]]),
    after: new Map([
      [
        "billing.tasks",
        {
          ...task([...base, column("user_id", { kind: "uuid" })], {
            ...everything,
            foreignKeys: [{ ...foreignKeyTo("billing.tasks", "tasks", "user_id") }],
          }),
          schema: "billing",
          comment: "It's?",
        },
      ],
    ]),
    rows: { "billing.tasks": [{ id, title: "x", n: 1 }] },
    database: "postgres",
  },
  "indexes of every kind of PostgreSQL": {
    ...changed({
      indexes: [
        { name: "g", columns: [{ sql: "to_tsvector('simple', title)" }], unique: false, method: "gin" },
        { name: "i", columns: ["n"], unique: true, include: ["title"], nullsNotDistinct: true },
        { name: "u", columns: ["title"], unique: true, constraint: true },
      ],
    }),
    database: "postgres",
  },
  "an identity from a number, always": {
    ...altered(
      column("n", integer, required),
      column("n", integer, { ...required, default: { kind: "identity", always: false } }),
      7,
    ),
    database: "postgres",
  },
  "a counted number from an identity": {
    ...altered(
      column("n", integer, { ...required, default: { kind: "identity", always: false } }),
      column("n", integer, { ...required, default: { kind: "increment" } }),
      7,
    ),
    database: "postgres",
  },
  "a type of the database's own": {
    ...altered(
      column("title", { kind: "text" }),
      column("title", { kind: "text", databaseType: "varchar(40)" }),
      "x",
    ),
    database: "postgres",
  },
  "a longer type of the database's own": {
    ...altered(
      column("title", { kind: "text", databaseType: "varchar(40)" }),
      column("title", { kind: "text", databaseType: "varchar(80)" }),
      "x",
    ),
    database: "postgres",
  },
  "a larger number": altered(column("n", integer), column("n", { kind: "bigint" }), null),
  "a text that is kept to words": altered(
    column("kind", { kind: "string" }),
    column(
      "kind",
      { kind: "enum", values: ["a", "b"] },
      { ...required, default: { kind: "value", value: "a" } },
    ),
    "a",
  ),
  "a column that numbers the rows": {
    before: snapshotOf(task(base)),
    after: snapshotOf(
      task([...base, column("place", integer, { ...required, default: { kind: "increment" } })]),
    ),
    database: "postgres",
    rows,
  },
  "another primary key, of a column that was not required": {
    before: snapshotOf(task([column("n", integer)])),
    after: snapshotOf(
      task([column("n", integer, required)], { primaryKey: { name: "tasks_pkey", columns: ["n"] } }),
    ),
    rows: { tasks: [{ id, n: 4 }] },
  },
  "indexes of the same names over something else": changed(
    {
      indexes: [
        { name: "u", columns: ["n"], unique: true },
        { name: "i", columns: ["n", "title"], unique: false, where: "n > 0" },
      ],
    },
    {
      indexes: [
        { name: "u", columns: ["title"], unique: true },
        { name: "i", columns: ["title"], unique: false },
      ],
    },
  ),
  "indexes that become constraints, constraints that become others": {
    ...changed(
      {
        indexes: [
          { name: "a", columns: ["title"], unique: true, constraint: true },
          { name: "b", columns: ["n"], unique: true },
          { name: "c", columns: ["n", "title"], unique: true, constraint: true },
        ],
      },
      {
        indexes: [
          { name: "a", columns: ["title"], unique: true },
          { name: "b", columns: ["n"], unique: true, constraint: true },
          { name: "c", columns: ["title", "n"], unique: true, constraint: true },
        ],
      },
    ),
    database: "postgres",
  },
  "another primary key, to whose columns others refer": {
    before: snapshotOf(
      task([column("n", integer, required)]),
      tableOf("notes", [column("task_id", { kind: "uuid" })], {
        foreignKeys: [foreignKeyTo("tasks", "notes", "task_id")],
      }),
    ),
    after: snapshotOf(
      task([column("n", integer, required)], {
        primaryKey: { name: "tasks_pkey", columns: ["n"] },
        indexes: [indexOf("tasks", ["id"], true)],
      }),
      tableOf("notes", [column("task_id", { kind: "uuid" })], {
        foreignKeys: [foreignKeyTo("tasks", "notes", "task_id")],
      }),
    ),
    rows: { tasks: [{ id, n: 4 }], notes: [{ id, task_id: id }] },
  },
  "another primary key, in place of a column that goes": {
    before: snapshotOf(task([column("n", integer, required)])),
    after: snapshotOf({
      ...task([], { primaryKey: { name: "tasks_pkey", columns: ["n"] } }),
      columns: [column("n", integer, required)],
    }),
    rows: { tasks: [{ n: 4 }] },
  },
  "another primary key, of a column that comes": {
    before: snapshotOf(task(base)),
    after: snapshotOf(
      task([...base, column("place", integer, { ...required, default: { kind: "value", value: 1 } })], {
        primaryKey: { name: "tasks_pkey", columns: ["id", "place"] },
      }),
    ),
    rows,
  },
  "a column and a table under other names": {
    before: snapshotOf(
      task(base, everything),
      tableOf("notes", [column("task_id", { kind: "uuid" })], {
        foreignKeys: [foreignKeyTo("tasks", "notes", "task_id")],
      }),
    ),
    after: snapshotOf(
      { ...task([column("name"), column("n", integer)], {}), name: "jobs" },
      tableOf("notes", [column("task_id", { kind: "uuid" })], {
        foreignKeys: [foreignKeyTo("jobs", "notes", "task_id")],
      }),
    ),
    renames: { tables: [["tasks", "jobs"]], columns: [["jobs", "title", "name"]] },
  },
  comments: changed({ comment: "What's this? \\?" }, { comment: "old" }),
};
