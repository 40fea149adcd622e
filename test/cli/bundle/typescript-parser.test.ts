import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rolldown } from "rolldown";
import { ts } from "ts-morph";
import { afterAll, beforeAll, expect, test } from "vitest";
import { typescriptParser } from "../../../scripts/bundle/typescript-parser.js";
import type * as Parser from "../../../src/generator/source/parser.js";

const folder = mkdtempSync(join(tmpdir(), "ashlar-parser-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let bundled: typeof Parser;
let size: number;

beforeAll(async () => {
  const build = await rolldown({
    input: "src/generator/source/parser.ts",
    platform: "node",
    plugins: [typescriptParser()],
    transform: { define: { "import.meta.resolve": "undefined" } },
  });
  const { output } = await build.generate({ format: "esm" });
  const [{ code }] = output;
  size = code.length;
  writeFileSync(join(folder, "parser.mjs"), code);
  bundled = (await import(join(folder, "parser.mjs"))) as typeof Parser;
});

/** Every TypeScript that lies around here, the broken ones among the test cases included. */
function listTexts(): readonly string[] {
  const files = ["src", "test", "scripts"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
  );
  return files.filter((name) => /\.ts(\.txt)?$/.test(name)).map((name) => readFileSync(name, "utf8"));
}

/** A tree as text: the kind, place and flags of each node, and what the parser complained of. */
function describeTree(file: ts.SourceFile): string {
  const lines: string[] = [];
  const visit = (node: ts.Node): void => {
    lines.push(`${node.kind} ${node.getFullStart()} ${node.getStart(file)} ${node.getEnd()} ${node.flags}`);
    node.forEachChild(visit);
  };
  visit(file);
  const { parseDiagnostics = [] } = file as { parseDiagnostics?: readonly ts.Diagnostic[] };
  return [...lines, ...parseDiagnostics.map(({ code, start }) => `error ${code} ${start ?? ""}`)].join("\n");
}

test("what is left of TypeScript parses as all of it does", () => {
  const texts = listTexts();
  expect(texts.length).toBeGreaterThan(200);
  for (const text of texts) {
    const whole = ts.createSourceFile("file.ts", text, ts.ScriptTarget.Latest, true);
    expect(describeTree(bundled.parseSource(text, "file.ts").file)).toBe(describeTree(whole));
  }
});

test("a syntax error is described as it is from the sources", () => {
  const reading = bundled.readSource("class User {", "src/user.ts");
  expect(reading).toMatchObject({
    kind: "failed",
    problem: { code: "source.syntax", location: { line: 1 } },
  });
});

test("every name that our sources use is there, and the checker is not", () => {
  for (const [name, value] of Object.entries(bundled.ts)) {
    expect(typeof value, name).toBe(typeof ts[name as keyof typeof ts]);
  }
  expect(bundled.ts).toHaveProperty("isClassDeclaration");
  expect(size).toBeLessThan(4_000_000);
});
