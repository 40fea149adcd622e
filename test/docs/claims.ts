/**
 * What a page claims of its statements, in the comment directly behind one:
 *
 * - a value, as TypeScript writes it; `…` stands for more entries: `user.tasks; // [{ title: "Write", … }]`
 * - `throws record.not_found`, or `throws attribute.taken at email`; several in the order in which they are told;
 *   `throws Error: no paper` is one that is not ashlar's
 * - `sends 2 statements`, without those that begin and end transactions; after another claim: `3; sends 1 statement`
 * - `type error`, which the compiler has to agree with; it may stand before a claim: `type error; throws …`
 *
 * A comment before a statement, with an empty line above it, is a comment.
 */
import ts from "typescript";

export interface Claim {
  readonly value?: string;
  readonly throws?: string;
  readonly sends?: number;
  readonly isTypeError: boolean;
}

export interface ClaimingStatement {
  readonly statement: ts.Statement;
  /** Of the statement in its source, counted from 1. */
  readonly line: number;
  readonly claim: Claim;
}

/** The statements of a source, nested ones too, whose comments claim something. */
export function findClaims(source: ts.SourceFile): readonly ClaimingStatement[] {
  const found: ClaimingStatement[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isExpressionStatement(node) || ts.isVariableStatement(node)) {
      const text = findComment(source.text, node.end);
      const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
      if (text !== undefined) found.push({ statement: node, line, claim: parseClaim(text) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The comment on the same line, else those on the lines directly below, as one text. */
function findComment(text: string, end: number): string | undefined {
  const rest = text.slice(end);
  const beside = /^[ \t]*\/\/ ?([^\n]*)/.exec(rest);
  if (beside !== null) return beside[1];
  const below = /^[ \t]*((?:\n[ \t]*\/\/[^\n]*)+)/.exec(rest)?.[1];
  return below?.replaceAll(/\n[ \t]*\/\/ ?/g, "\n").trim();
}

function parseClaim(text: string): Claim {
  const [, isTypeError, rest = ""] = /^(type error(?:; )?)?([\s\S]*)$/.exec(text) ?? [];
  const [, main = "", sends] = /^([\s\S]*?)(?:(?:; |^)sends (\d+) statements?)?$/.exec(rest) ?? [];
  const throws = /^throws ([\s\S]+)$/.exec(main)?.[1];
  return {
    isTypeError: isTypeError !== undefined,
    ...(sends !== undefined && { sends: Number(sends) }),
    ...(throws !== undefined && { throws }),
    ...(throws === undefined && main !== "" && { value: main }),
  };
}

/** The value of a claim as an expression, `…` replaced by what stands for more entries. */
export function renderValue(value: string): string {
  const expression = value.replaceAll("…", "...$page.more");
  const { parseDiagnostics = [] } = ts.createSourceFile(
    "claim.ts",
    `(${expression}\n)`,
    ts.ScriptTarget.ES2022,
  ) as ts.SourceFile & { readonly parseDiagnostics?: readonly ts.Diagnostic[] };
  if (parseDiagnostics.length > 0) throw new Error(`The comment claims nothing that can be read: ${value}`);
  return expression;
}
