import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseConfig } from "../../../src/host/settings/config-file.js";
import { configRules, type ConfigRule } from "../../../src/host/settings/config-rules.js";
import { isAshlarError, type Problem } from "../../../src/support/problem.js";

function listProblems(text: string): readonly Problem[] {
  try {
    parseConfig(text);
  } catch (error) {
    if (isAshlarError(error)) return error.problems;
    throw error;
  }
  return [];
}

describe("ashlar.config.json", () => {
  test("gives what it says and nothing else", () => {
    expect(parseConfig("{}")).toEqual({});
    expect(
      parseConfig(
        '{ "$schema": "./s.json", "source": "./lib/", "attributeCase": "snake_case", "importExtension": "" }',
      ),
    ).toEqual({
      source: "lib",
      attributeCase: "snake_case",
      importExtension: "",
    });
  });

  test("has every problem reported, each with its path, its place and a frame", () => {
    const text = '{\n  "sorce": "src",\n  "attributeCase": "snakecase",\n  "database": 5\n}\n';
    expect(listProblems(text)).toEqual([
      {
        code: "config.key.unknown",
        message: 'ashlar.config.json: at "sorce": there is no such setting.',
        hint: expect.stringMatching(
          /^Did you mean "source"\? The settings are "source", "migrations", /,
        ) as string,
        location: { path: "ashlar.config.json", line: 2, column: 3 },
        frame: expect.stringContaining('> 2 |   "sorce": "src",\n    |   ^') as string,
      },
      {
        code: "config.value.invalid",
        message:
          'ashlar.config.json: at "attributeCase": "snakecase" is not one of "camelCase", "snake_case".',
        hint: 'Did you mean "snake_case"?',
        location: { path: "ashlar.config.json", line: 3, column: 3 },
        frame: expect.any(String) as string,
      },
      {
        code: "config.value.invalid",
        message: 'ashlar.config.json: at "database": 5 is not one of "pglite", "sqlite", "postgres".',
        location: { path: "ashlar.config.json", line: 4, column: 3 },
        frame: expect.any(String) as string,
      },
    ]);
  });

  test.each([
    ["3", "is not a path in quotes"],
    ['""', "is not a path"],
    ['"src\\\\lib"', "has a backslash; parts of a path are joined by /"],
    ['"/src"', "is absolute; paths are relative to the project's folder"],
    ['"C:/src"', "is absolute; paths are relative to the project's folder"],
    ['"lib/../../src"', "leads out of the project's folder"],
  ])("refuses the path %s, which %s", (value, complaint) => {
    expect(listProblems(`{ "source": ${value} }`)).toMatchObject([
      { code: "config.value.invalid", message: `ashlar.config.json: at "source": ${value} ${complaint}.` },
    ]);
  });

  test("a syntax error is shown with its line, its column and the lines around it", () => {
    expect(listProblems('{\n  "source": "src",\n}')).toEqual([
      {
        code: "config.syntax",
        message: "ashlar.config.json: at line 3, column 1: a comma stands before the closing }.",
        hint: "Mend ashlar.config.json, then run the command again.",
        location: { path: "ashlar.config.json", line: 3, column: 1 },
        frame: expect.stringContaining("> 3 | }\n    | ^") as string,
      },
    ]);
  });

  test.each(["[]", "null", '"src"'])("%s is not an object of settings", (text) => {
    expect(listProblems(text)).toMatchObject([
      { code: "config.shape", message: `ashlar.config.json: ${text} is not an object of settings.` },
    ]);
  });

  test.each(["constructor", "__proto__", "toString"])("%s is no setting", (key) => {
    expect(listProblems(`{ "${key}": "x" }`)).toMatchObject([{ code: "config.key.unknown" }]);
  });
});

describe("schema.json", () => {
  const schema = JSON.parse(readFileSync(new URL("../../../schema.json", import.meta.url), "utf8")) as {
    readonly properties: Readonly<Record<string, { readonly pattern?: string }>>;
  };

  test("tells editors what the rules demand", () => {
    const { $schema: _, ...properties } = schema.properties;
    expect(properties).toEqual(
      Object.fromEntries(Object.entries(configRules).map(([key, rule]) => [key, toSchema(rule)])),
    );
    expect(schema).toMatchObject({ type: "object", additionalProperties: false });
  });

  test("refuses the paths that the rules refuse", () => {
    const pattern = new RegExp(schema.properties["source"]?.pattern ?? "");
    for (const path of ["src", "./src", "a/b.c/d", "...", "a..b"]) {
      expect([pattern.test(path), listProblems(JSON.stringify({ source: path }))]).toEqual([true, []]);
    }
    for (const path of ["", " ", "/src", "C:\\src", "c:/src", "..", "../src", "a/..", "a\\b"]) {
      const problems = listProblems(JSON.stringify({ source: path }));
      expect({ path, fits: pattern.test(path), problems: problems.length }).toEqual({
        path,
        fits: false,
        problems: 1,
      });
    }
  });

  function toSchema(rule: ConfigRule): unknown {
    const { description } = rule;
    if (rule.kind === "choice") return { description, enum: rule.choices };
    return { description, type: "string", pattern: expect.any(String) as string };
  }
});
