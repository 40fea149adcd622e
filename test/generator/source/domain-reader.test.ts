import { expect, test } from "vitest";
import { findDomains } from "../../../src/generator/source/domain-reader.js";
import { parseSource } from "../../../src/generator/source/parser.js";

const find = (text: string) => findDomains(parseSource(text, "src/accounts/accounts.ts"));

test("a domain is read with its resources", () => {
  const text = `import { domain } from "ashlar";
    export const Accounts = domain("Accounts", { resources: [User, UserTask] });`;
  expect(find(text)).toEqual([
    {
      name: "Accounts",
      path: "src/accounts/accounts.ts",
      exported: { kind: "named", name: "Accounts" },
      title: "Accounts",
      resources: { items: ["User", "UserTask"], complete: true },
    },
  ]);
});

test("aliases, constants and wrappers are seen through", () => {
  const text = `import * as a from "ashlar"; import { User as Person } from "./user.js";
    const resources = [Person as Resource, works.Task] as const;
    const options = { resources };
    const Accounts = a.domain(\`Accounts\`, options) satisfies Domain;
    export default Accounts;`;
  expect(find(text)).toMatchObject([
    {
      name: "Accounts",
      exported: { kind: "default" },
      resources: { items: ["User", "Task"], complete: true },
    },
  ]);
});

test("a list that is not all written out is said to be incomplete", () => {
  const start = `import { domain } from "ashlar"; const A = domain("A", `;
  expect(find(`${start}{ resources: [User, ...more] });`)[0]?.resources).toEqual({
    items: ["User"],
    complete: false,
  });
  expect(find(`${start}build());`)[0]?.resources).toEqual({ items: [], complete: false });
  expect(find(`${start}{ resources: find() });`)[0]?.resources).toEqual({ items: [], complete: false });
});

test("a title that is computed is left out", () => {
  expect(
    find(`import { domain } from "ashlar"; const A = domain(name(), { resources: [] });`)[0],
  ).not.toHaveProperty("title");
});

test("another function of that name makes no domain", () => {
  expect(
    find(`import { domain } from "node:domain"; export const A = domain("A", { resources: [] });`),
  ).toEqual([]);
});
