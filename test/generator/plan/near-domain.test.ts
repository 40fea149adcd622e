import { expect, test } from "vitest";
import { testProject } from "../../../src/testing/index.js";

test.each([
  ["Acounts", ["The domain Acounts is new; there is Accounts already."]],
  ["Billing", []],
  ["Accounts", []],
])("a resource in %s tells of a new domain that is called almost as another", async (domain, told) => {
  const { notices } = await testProject({ example: true }).run(`gen resource ${domain} Invoice`);
  expect(notices.filter(({ code }) => code === "domain.near").map(({ message }) => message)).toEqual(told);
});
