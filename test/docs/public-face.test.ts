import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { root } from "./page.js";

interface Export {
  readonly name: string;
  readonly declarations: readonly ts.Declaration[];
}

/** What an application may import from `ashlar`, where it is declared. */
function readExports(): readonly Export[] {
  const path = join(root, "src/runtime/index.ts");
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile) as {
    readonly config: { readonly compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const program = ts.createProgram([path], options);
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(path);
  const module = file && checker.getSymbolAtLocation(file);
  return (module === undefined ? [] : checker.getExportsOfModule(module)).map((symbol) => {
    const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
    const { declarations = [] } = isAlias ? checker.getAliasedSymbol(symbol) : symbol;
    return { name: symbol.name, declarations };
  });
}

const hasComment = (node: ts.Node): boolean => ts.getJSDocCommentsAndTags(node).some(ts.isJSDoc);

const hasExample = (node: ts.Node): boolean =>
  ts.getJSDocTags(node).some(({ tagName }) => tagName.text === "example");

/** The methods of an interface or class, overloads together. */
function listMethods(node: ts.Declaration): ReadonlyMap<string, readonly ts.Node[]> {
  const methods = new Map<string, ts.Node[]>();
  const members = ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node) ? node.members : [];
  for (const member of members) {
    if (!ts.isMethodSignature(member) && !ts.isMethodDeclaration(member)) continue;
    const name = member.name.getText();
    methods.set(name, [...(methods.get(name) ?? []), member]);
  }
  return methods;
}

const exports = readExports();

describe("everything that is exported", () => {
  it("has a comment", () => {
    const bare = exports.filter(({ declarations }) => !declarations.some(hasComment));
    expect(bare.map(({ name }) => name)).toEqual([]);
  });

  it("shows an example where it is a function", () => {
    const bare = exports.filter(
      ({ declarations }) => declarations.some(ts.isFunctionDeclaration) && !declarations.some(hasExample),
    );
    expect(bare.map(({ name }) => name)).toEqual([]);
  });

  it("says of each method what it does", () => {
    const bare = exports.flatMap(({ name, declarations }) =>
      declarations.flatMap((declaration) =>
        [...listMethods(declaration)].flatMap(([method, overloads]) =>
          overloads.some(hasComment) ? [] : [`${name}.${method}`],
        ),
      ),
    );
    expect(bare).toEqual([]);
  });
});
