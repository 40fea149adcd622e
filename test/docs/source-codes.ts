import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { root } from "./page.js";

/** Texts of the shape of a code that are none. */
const others = new Set([
  "lock.held",
  "ashlar.error",
  "ashlar.importModule",
  "knex.schema",
  "import.meta.dirname",
  "import.meta.filename",
  "import.meta.require",
]);

const shape = /^[a-z][a-z_]+(?:\.[a-zA-Z_]+)+$/;

const fileName = /\.(?:ts|js|mjs|cjs|json|ico)$/;

/** The codes that the sources can tell. */
export interface SourceCodes {
  readonly whole: ReadonlySet<string>;
  /** Codes with a part that is filled in. */
  readonly patterns: readonly RegExp[];
}

export function readSourceCodes(): SourceCodes {
  const whole = new Set<string>();
  const patterns: RegExp[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) && isCode(node.text)) whole.add(node.text);
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

export function isCode(text: string): boolean {
  return shape.test(text) && !fileName.test(text) && !others.has(text);
}

function listSources(): readonly string[] {
  return readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(root, "src", name));
}

function toPattern({ head, templateSpans }: ts.TemplateExpression): RegExp {
  const parts = [head.text, ...templateSpans.map(({ literal }) => literal.text)];
  return new RegExp(`^${parts.map((part) => part.replaceAll(".", "\\.")).join("[a-zA-Z_]+")}$`);
}
