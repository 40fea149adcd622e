import { expect, test } from "vitest";
import { applyPatches } from "../../../src/generator/patch/apply-patches.js";
import type { Patch } from "../../../src/generator/patch/patch.js";

const path = "src/accounts/user.ts";

/** A resource with this attribute, below these imports. */
function write(imports: string, attribute: string, rest = ""): string {
  return `${imports}

export class User extends resource({ table: "users", attributes: { ${attribute} } }) {}
${rest}`;
}

/** The file with `email: string()` instead, which is what its imports are to be good for then. */
function replace(before: string, ...patches: readonly Patch[]): string {
  const entry = { name: "email", expression: "string()" };
  const outcome = applyPatches(before, { path, printWidth: Infinity }, [
    { kind: "attributeReplacement", className: "User", entry },
    ...patches,
  ]);
  return outcome.kind === "changed" ? outcome.text : outcome.kind;
}

const rest = `import { resource, string } from "ashlar";`;

test.each([
  [
    "the first of a line",
    `import { field, resource, string } from "ashlar";`,
    `import { resource, string } from "ashlar";`,
  ],
  [
    "the last of a line",
    `import {resource, string, field} from "ashlar"`,
    `import {resource, string} from "ashlar"`,
  ],
  [
    "a type among values, under another name",
    `import { resource, string, type Thing as field } from "ashlar";`,
    `import { resource, string } from "ashlar";`,
  ],
  [
    "the last of lines",
    `import {\n  resource,\n  string,\n  field,\n} from "ashlar";`,
    `import {\n  resource,\n  string,\n} from "ashlar";`,
  ],
  [
    "the last of lines without a comma",
    `import {\n  resource,\n  string,\n  field\n} from "ashlar";`,
    `import {\n  resource,\n  string\n} from "ashlar";`,
  ],
  [
    "one of lines, by CRLF",
    `import {\r\n  resource,\r\n  field,\r\n  string,\r\n} from "ashlar";`,
    `import {\r\n  resource,\r\n  string,\r\n} from "ashlar";`,
  ],
  [
    "one between comments",
    `import {\n  resource, // to declare\n  field, // to describe\n  string,\n} from "ashlar";`,
    `import {\n  resource, // to declare\n   // to describe\n  string,\n} from "ashlar";`,
  ],
  [
    "the last behind a comment",
    `import {\n  resource,\n  // words\n  string,\n  field\n} from "ashlar";`,
    `import {\n  resource,\n  // words\n  string,\n} from "ashlar";`,
  ],
  [
    "a line of its own",
    `${rest}\nimport { field } from "./fields.js";\nimport "./c.js";`,
    `${rest}\nimport "./c.js";`,
  ],
  [
    "a line behind a byte order mark and a comment",
    `\uFEFF/* ours */\nimport { field } from "./fields.js"; // all\n${rest}`,
    `\uFEFF/* ours */\n // all\n${rest}`,
  ],
  [
    "a line behind a byte order mark",
    `\uFEFFimport { field } from "./fields.js";\r\n${rest}`,
    `\uFEFF${rest}`,
  ],
  ["one of two on a line", `import { field } from "./a.js"; ${rest}`, ` ${rest}`],
  ["a default", `import field from "./fields.js";\n${rest}`, rest],
  ["a default before names", `import field, { resource, string } from "ashlar";`, rest],
  [
    "the names behind a default",
    `import ashlar, { field } from "./fields.js";\n${rest}`,
    `import ashlar from "./fields.js";\n${rest}`,
  ],
  [
    "a namespace behind a default",
    `import ashlar, * as field from "./fields.js";\n${rest}`,
    `import ashlar from "./fields.js";\n${rest}`,
  ],
  ["a namespace", `import * as field from "./fields.js";\n${rest}`, rest],
])("an import is dropped with its last use: %s", (_, imports, expected) => {
  expect(replace(write(imports, "email: field.of<field>()"))).toBe(write(expected, "email: string()"));
});

test("several imports are dropped at once, and one that is unused from the start stays", () => {
  const imports = `import { a, b, c, resource, string } from "ashlar";\nimport { d, e } from "./e.js";`;
  expect(replace(write(imports, "email: a(b, d, e)"))).toBe(
    write(`import { c, resource, string } from "ashlar";`, "email: string()"),
  );
});

test.each([
  ["a value", "export const other = field();"],
  ["a shorthand", "export const other = { field };"],
  ["a default of a destructured one", "export const { other = field } = {};"],
  ["a type", "export type Other = typeof field;"],
  ["a member's type", "export interface Other { field: field }"],
  ["an export", "export { field };"],
  ["a link in a comment", "/** As {@link field} does. */\nexport const other = 1;"],
  ["a reference in a comment", "/**\n * @see field\n */\nexport const other = 1;"],
])("an import stays for %s", (_, use) => {
  const imports = `import { field, resource, string } from "ashlar";`;
  expect(replace(write(imports, "email: field()", use))).toBe(write(imports, "email: string()", use));
});

test.each([
  ["a property", "export const other = { field: 1 }.field;"],
  ["a destructured property", "export const { field: other } = { field: 1 };"],
  ["a member of a class", "export class Other { field = 1; }"],
  ["a member of a type", "export interface Other { field(): Other.field }"],
  ["a word of a comment", "/**\n * @field\n * @param field is field\n */\nexport const other = 1;"],
])("an import does not stay for the name of %s", (_, other) => {
  const imports = `import { field, resource, string } from "ashlar";`;
  expect(replace(write(imports, "email: field()", other))).toBe(write(rest, "email: string()", other));
});

test("an import stays that a patch behind the replacement uses", () => {
  const imports = `import { field, resource, string } from "ashlar";`;
  const patched = replace(write(imports, "email: field()"), {
    kind: "attributes",
    className: "User",
    entries: [{ name: "name", expression: "field()" }],
  });
  expect(patched).toBe(write(imports, "email: string(), name: field()"));
});
