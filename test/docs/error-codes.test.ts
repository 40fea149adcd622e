import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";
import { root } from "./page.js";

/** Texts of the shape of a code that are none. */
const others = new Set(["package.json", "lock.held", "ashlar.error"]);

const shape = /^[a-z]+(?:\.[a-zA-Z_]+)+$/;

interface SourceCodes {
  readonly whole: ReadonlySet<string>;
  /** Codes with a part that is filled in. */
  readonly patterns: readonly RegExp[];
}

function readSourceCodes(): SourceCodes {
  const whole = new Set<string>();
  const patterns: RegExp[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) && shape.test(node.text) && !others.has(node.text)) whole.add(node.text);
    if (ts.isPropertyAssignment(node) && node.name.getText() === "code") {
      const { initializer } = node;
      if (ts.isTemplateExpression(initializer)) patterns.push(toPattern(initializer));
    }
    ts.forEachChild(node, visit);
  };
  for (const path of listSources()) {
    visit(ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.ES2022, true));
  }
  return { whole, patterns };
}

function listSources(): readonly string[] {
  return ["src/runtime", "src/databases"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => join(root, folder, name)),
  );
}

function toPattern({ head, templateSpans }: ts.TemplateExpression): RegExp {
  const parts = [head.text, ...templateSpans.map(({ literal }) => literal.text)];
  return new RegExp(`^${parts.map((part) => part.replaceAll(".", "\\.")).join("[a-zA-Z_]+")}$`);
}

/** The codes in the first column of the tables below "Codes". */
function readPageCodes(): readonly string[] {
  const text = readFileSync(join(root, "docs/errors.md"), "utf8");
  const [, tables = ""] = text.split("\n## Codes\n");
  return Array.from(tables.matchAll(/^\| `([^`]+)`/gm), ([, code = ""]) => code);
}

it("lists every code that the runtime and the databases tell, once, and no other", () => {
  const { whole, patterns } = readSourceCodes();
  const page = readPageCodes();
  expect({
    missing: [...whole].filter((code) => !page.includes(code)),
    unmatched: patterns.filter((pattern) => !page.some((code) => pattern.test(code))),
    stale: page.filter((code) => !whole.has(code) && !patterns.some((pattern) => pattern.test(code))),
    repeated: page.filter((code, index) => page.indexOf(code) !== index),
  }).toEqual({ missing: [], unmatched: [], stale: [], repeated: [] });
});
