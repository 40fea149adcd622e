import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, it } from "vitest";
import { diffSnapshots } from "../../src/migrations/diff.js";
import { renderMigration } from "../../src/migrations/render.js";
import type { Snapshot } from "../../src/migrations/snapshot.js";
import { changes } from "./change-cases.js";
import { creations } from "./creation-cases.js";
import { renderTemplate } from "./render-template.js";

const folder = fileURLToPath(new URL("./migrations-in-memory/", import.meta.url));
const options: ts.CompilerOptions = {
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  verbatimModuleSyntax: true,
  noUnusedLocals: true,
  noEmit: true,
  skipLibCheck: true,
  types: [],
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
};

/** What the compiler says of files that are nowhere on the disk. */
function findTypeErrors(files: ReadonlyMap<string, string>): readonly string[] {
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.getSourceFile = (path, version, ...rest) => {
    const text = files.get(path);
    return text === undefined
      ? getSourceFile(path, version, ...rest)
      : ts.createSourceFile(path, text, version);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

function renderAll(): ReadonlyMap<string, string> {
  const empty: Snapshot = new Map();
  const pairs = [
    ...Object.values(creations).map((after) => [empty, after] as const),
    ...Object.values(changes),
  ];
  const databases = ["postgres", "sqlite"] as const;
  const texts = pairs.flatMap(([before, after]) =>
    databases.map((database) =>
      renderMigration({ operations: diffSnapshots(before, after), before, database, renderTemplate }),
    ),
  );
  return new Map(texts.map((text, position) => [`${folder}${position}.ts`, text]));
}

it("every migration type-checks under strict as it was written", () => {
  const files = renderAll();
  expect(findTypeErrors(files)).toEqual([]);
  const broken = new Map([...files].map(([path, text]) => [path, text.replace("createTable", "makeTable")]));
  expect(findTypeErrors(broken)).not.toEqual([]);
});
