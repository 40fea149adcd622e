import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript";

const entry = "src/testing/index.ts";

/**
 * Writes the declarations of `ashlar/testing`, and of those modules alone that they refer to: behind them is the whole
 * generator, which is bundled and shows no types.
 */
export function emitTestingTypes(): void {
  const declarations = emitDeclarations();
  const pending = ["dist/testing/index.d.ts"];
  for (const path of pending) {
    const text = declarations.get(path);
    if (text === undefined) throw new Error(`No declarations were made for ${path}.`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    pending.push(...listImports(path, text).filter((each) => !pending.includes(each)));
  }
}

/** The declarations of the entry and all that it imports, by their path in `dist`. */
function emitDeclarations(): ReadonlyMap<string, string> {
  const { config } = ts.readConfigFile("tsconfig.build.json", ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [entry] }, ts.sys, ".");
  const declarations = new Map<string, string>();
  const program = ts.createProgram([entry], { ...options, emitDeclarationOnly: true });
  program.emit(undefined, (file, text) => declarations.set(relative(".", file), text));
  return declarations;
}

function listImports(path: string, text: string): readonly string[] {
  const names = ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName);
  return names
    .filter((name) => name.startsWith("."))
    .map((name) => join(dirname(path), name.replace(/\.js$/, ".d.ts")));
}
