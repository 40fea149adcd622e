import { expect, test } from "vitest";
import { isTableOf } from "../../../src/runtime/errors/is-table-of.js";
import type { ResourceDefinition } from "../../../src/runtime/resource-definition.js";

const bare: ResourceDefinition = {
  ...{ name: "User", table: "users", attributes: [], primaryKey: [], identities: [], actions: [] },
  relationships: [],
};
const billing: ResourceDefinition = { ...bare, schema: "billing" };

test.each([
  ["the same name in the same schema", { schema: "billing", table: "users" }, billing, true],
  ["the same name in another schema", { schema: "public", table: "users" }, billing, false],
  ["the connection's own schema, whatever it is called", { schema: "public", table: "users" }, bare, true],
  ["SQLite, which has no schemas", { table: "users" }, bare, true],
  ["another table", { schema: "billing", table: "tasks" }, billing, false],
] as const)("%s", (_case, failure, resource, expected) => {
  expect(isTableOf(failure, resource)).toBe(expected);
});
