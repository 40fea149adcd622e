import { fc } from "../../fast-check.js";
import { resolveConfig } from "prettier";
import { describe, expect, test } from "vitest";
import { findPrettierConfig } from "../../../src/host/format/prettier-config.js";
import { createProjectFolder } from "../temporary-project.js";

const property = fc.constantFrom(
  ...[
    "indent_style = tab",
    "indent_style=space",
    "indent_style = unset",
    "indent_size = 4",
    "indent_size=tab",
  ],
  ...[
    "INDENT_SIZE = 3",
    "tab_width = 8",
    "max_line_length = 100",
    "max_line_length=off",
    "end_of_line = crlf",
  ],
  ...[
    "quote_type = single",
    "quote_type = double",
    "charset = utf-8",
    "tab_width = 2 ; why",
    "; tab_width = 7",
  ],
);
const pattern = fc.constantFrom(
  "*",
  "**",
  "*.ts",
  "*.{ts,tsx}",
  "*.md",
  "*.{ts, md}",
  "*.{js,jsx}",
  "Makefile",
  "src/**",
);
const section = fc
  .tuple(pattern, fc.array(property, { maxLength: 4 }))
  .map(([glob, properties]) => `[${glob}]\n${properties.join("\n")}\n`);
const editorconfig = fc
  .tuple(fc.constantFrom("", "root = true\n", "# ours\n"), fc.array(section, { maxLength: 2 }))
  .map(([head, sections]) => head + sections.join("\n"));
const prettierrc = fc.constantFrom(
  ...["{}", "", '{ "semi": false }', '{ "printWidth": 33, "useTabs": true }', '{ "overrides": [] }', "[]"],
  ...[
    "tabWidth: 6\nsingleQuote: true\n",
    "# ours\nprintWidth: 90 # wide\n",
    "trailingComma: 'none'",
    "a:\n  b: 1",
  ],
);

describe("a configuration", () => {
  test("is read as Prettier reads it, or said to be more than can be read without", async () => {
    let exact = 0;
    const check = async (files: Readonly<Record<string, string>>) => {
      const root = createProjectFolder({ ".git/HEAD": "", "src/a.ts": "", ...files });
      const reading = findPrettierConfig(`${root}/src`);
      if (reading?.isExact !== true) return;
      exact += 1;
      const config = await resolveConfig(`${root}/src/a.ts`, { editorconfig: true });
      expect(reading.options).toEqual(config ?? {});
    };
    const files = fc.record({
      ".editorconfig": editorconfig,
      "src/.editorconfig": editorconfig,
      ".prettierrc": prettierrc,
    });
    await fc.assert(fc.asyncProperty(files, check), { numRuns: 300 });
    expect(exact).toBeGreaterThan(30);
  });

  test.each([
    ["package.json", '{ "prettier": {} }', true],
    ["package.json", '{ "prettier": "@company/prettier" }', false],
    ["package.json", '{ "keywords": ["prettier"] }', undefined],
    ["package.json", '{ "prettier": ', undefined],
    [".prettierrc.json", '{ "$schema": "x" }', true],
    [".prettierrc.json", '{ "plugins": [] }', false],
    [".prettierrc.toml", "", false],
    ["prettier.config.cjs", "", false],
    [".prettierrc.mts", "", false],
    ["other.json", "{}", undefined],
  ])("in %s of %j is exact: %s", (name, text, isExact) => {
    const root = createProjectFolder({ ".git/HEAD": "", "src/a.ts": "", [name]: text });
    expect(findPrettierConfig(`${root}/src`)?.isExact).toBe(isExact);
  });
});
