import { expect, it } from "vitest";
import { findNameClashes } from "../../src/migrations/name-clashes.js";
import type { TableSnapshot } from "../../src/migrations/snapshot.js";
import { column, indexOf, tableOf } from "./tables.js";

const named = (name: string) => ({ ...indexOf("users", ["a"]), name });
const check = (name: string) => ({ name, sql: "true" });
const words = (table: Partial<TableSnapshot>, native?: string) =>
  tableOf(
    "users",
    [
      column("state", {
        kind: "array",
        of: { kind: "enum", values: ["a"], ...(native !== undefined && { native }) },
      }),
    ],
    table,
  );

it.each<[string, TableSnapshot, readonly string[]]>([
  ["a primary key and an index", tableOf("users", [], { indexes: [named("users_pkey")] }), ["users_pkey"]],
  ["a primary key and a check", tableOf("users", [], { checks: [check("users_pkey")] }), ["users_pkey"]],
  [
    "a unique constraint and a check",
    tableOf("users", [], { indexes: [{ ...named("x"), constraint: true }], checks: [check("x")] }),
    ["x"],
  ],
  [
    "a plain index and a check, which may",
    tableOf("users", [], { indexes: [named("x")], checks: [check("x")] }),
    [],
  ],
  ["a check and that of an enum", words({ checks: [check("users_state_check")] }), ["users_state_check"]],
  [
    "a check and that of an enum type of PostgreSQL, which has none",
    words({ checks: [check("users_state_check")] }, "state"),
    [],
  ],
])("finds the name that %s would share", (_, table, names) => {
  expect(findNameClashes(table).map(({ message }) => message)).toEqual(
    names.map((name) => `Two constraints or indexes of the table "users" would be named "${name}".`),
  );
});
