import ts from "typescript";
import { findClaims, renderValue, type ClaimingStatement } from "./claims.js";
import { findRunOn, listSources, type Block, type Page } from "./page.js";

/** The module that the blocks of a page form; every line of code is the line that it is in the page. */
export function buildSource(page: Page, isIncluded: (block: Block) => boolean = () => true): string {
  const lines: string[] = [];
  const imports: string[] = [];
  const declared = new Set<string>();
  for (const block of listSources(page).filter(isIncluded)) {
    const { code, taken, names } = splitBlock(block);
    const isRepeated = names.some((name) => declared.has(name));
    for (const name of isRepeated ? [] : names) declared.add(name);
    imports.push(...taken);
    for (const [index, line] of code.split("\n").entries()) lines[block.line - 1 + index] = line;
    if (isRepeated) wrapLines(lines, block);
  }
  lines[0] = mergeImports(imports);
  return Array.from(lines, (line) => line ?? "").join("\n");
}

/** A block that declares a name again stands by itself. */
function wrapLines(lines: string[], { line, text }: Block): void {
  const last = line - 2 + text.split("\n").length;
  lines[line - 1] = `{${lines[line - 1] ?? ""}`;
  lines[last] = `}${lines[last] ?? ""}`;
}

interface SplitBlock {
  /** Without imports and `export`, which a module has only at its top. */
  readonly code: string;
  readonly taken: readonly string[];
  readonly names: readonly string[];
}

function splitBlock({ text }: Block): SplitBlock {
  const source = ts.createSourceFile("block.ts", text, ts.ScriptTarget.ES2022, true);
  const imports = source.statements.filter(ts.isImportDeclaration);
  const code = imports.reduce((rest, { pos, end }) => blank(rest, pos, end), text);
  return {
    code: code.replaceAll(/^export (?=const|class|function|type|interface|async)/gm, ""),
    taken: imports.map((statement) => statement.getText(source)),
    names: source.statements.flatMap(listNames),
  };
}

function blank(text: string, start: number, end: number): string {
  return text.slice(0, start) + text.slice(start, end).replaceAll(/[^\n]/g, " ") + text.slice(end);
}

function listNames(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => listBound(name));
  }
  const isNamed =
    ts.isClassDeclaration(statement) ||
    ts.isFunctionDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement);
  return isNamed && statement.name !== undefined ? [statement.name.text] : [];
}

function listBound(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? listBound(element.name) : []));
}

/** The same name imported twice is imported once. */
function mergeImports(imports: readonly string[]): string {
  const bindings = new Map<string, string>();
  for (const text of imports) {
    const [, type = "", clause = "", from = ""] =
      /^import (type )?([\s\S]*) from (".*?");?$/.exec(text) ?? [];
    const named = /\{([\s\S]*)\}/.exec(clause)?.[1] ?? "";
    const single = clause.replace(/\{[\s\S]*\}/, "").replace(/[,\s]+$/, "");
    if (single !== "") bindings.set(`${single} ${from}`, `import ${single} from ${from};`);
    for (const each of named.split(",").map((name) => name.trim())) {
      if (each !== "") bindings.set(`${each} ${from}`, `import ${type}{ ${each} } from ${from};`);
    }
  }
  return `${[...bindings.values()].join(" ")} export {};`;
}

export interface PageScript {
  readonly script: string;
  /** The lines of statements that claim what running them can show. */
  readonly claims: readonly number[];
}

/** The module of a page with its claims as calls of `$page`, as JavaScript for an async function. */
export function buildScript(page: Page, database: "postgres" | "sqlite"): PageScript {
  const isRun = (block: Block): boolean => {
    const runOn = findRunOn(block);
    return runOn === "all" || (runOn === "postgres" && database === "postgres");
  };
  const source = addBlockMarks(page, buildSource(page, isRun), isRun);
  const file = ts.createSourceFile("page.ts", source, ts.ScriptTarget.ES2022, true);
  const claims = findClaims(file).filter(({ claim }) => Object.keys(claim).length > 1);
  const insertions = [...claims.flatMap((found) => renderClaim(file, found)), ...findRepos(file)];
  const script = toScript(insertions.toSorted((left, right) => right.at - left.at).reduce(insert, source));
  return { script, claims: claims.map(({ line }) => line) };
}

/** At the end of each block, the page is told which block ended: what it sent is compared with SQL below it. */
function addBlockMarks(page: Page, source: string, isRun: (block: Block) => boolean): string {
  const lines = source.split("\n");
  for (const block of listSources(page).filter(isRun)) {
    const last = block.line - 2 + block.text.split("\n").length;
    lines[last] = `${lines[last] ?? ""} ;$page.endBlock(${String(block.line)});`;
  }
  return lines.join("\n");
}

interface Insertion {
  readonly at: number;
  readonly text: string;
}

function insert(text: string, { at, text: added }: Insertion): string {
  return text.slice(0, at) + added + text.slice(at);
}

/** Around the statement, which stays where it is: others may be nested in it. */
function renderClaim(file: ts.SourceFile, { statement, line, claim }: ClaimingStatement): Insertion[] {
  const start = statement.getStart(file);
  const { before, inside = "", after } = renderParts(statement, claim, String(line));
  const count = claim.sends === undefined ? "" : `$page.startCount(${String(line)});`;
  const counted = claim.sends === undefined ? "" : `$page.endCount(${String(claim.sends)}, ${String(line)});`;
  const expressionEnd = ts.isExpressionStatement(statement) ? statement.expression.end : statement.end;
  return [
    { at: start, text: count + before },
    { at: statement.end, text: after + counted },
    { at: expressionEnd, text: inside },
  ];
}

interface Parts {
  readonly before: string;
  readonly inside?: string;
  readonly after: string;
}

function renderParts(statement: ts.Statement, claim: Claim, line: string): Parts {
  if (claim.throws !== undefined) {
    const said = JSON.stringify(claim.throws);
    return { before: "await $page.throws(async () => { ", after: ` }, ${said}, ${line});` };
  }
  if (claim.value === undefined) return { before: "", after: "" };
  const value = `() => (${renderValue(claim.value).replaceAll("\n", " ")})`;
  if (ts.isExpressionStatement(statement)) {
    return { before: "$page.equals(", inside: `, ${value}, ${line})`, after: "" };
  }
  const [name] = listNames(statement);
  return { before: "", after: ` $page.equals(${String(name)}, ${value}, ${line});` };
}

type Claim = ClaimingStatement["claim"];

/** Behind each `createRepo` the tables of its resources are made. */
function findRepos(file: ts.SourceFile): Insertion[] {
  return file.statements.flatMap((statement) => {
    if (!ts.isVariableStatement(statement) || !statement.getText(file).includes("createRepo(")) return [];
    const [name] = listNames(statement);
    return [{ at: statement.end, text: ` await $page.open(${String(name)});` }];
  });
}

/** For a function that is handed `require`, `exports` and `$page`. */
export function toScript(source: string): string {
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.CommonJS,
      esModuleInterop: true,
      verbatimModuleSyntax: false,
    },
  });
  return outputText;
}
