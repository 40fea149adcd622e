import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/** Tells what an editor shows where a text begins in a file of a project. */
export interface Hovers {
  read(place: string): string;
}

/** Opens one file of a written project in TypeScript's language service, as an editor does. */
export function openHovers(project: string, file: string): Hovers {
  const path = join(project, file);
  const service = ts.createLanguageService(createHost(project));
  const text = readFileSync(path, "utf8");
  return {
    read(place) {
      const position = text.indexOf(place);
      if (position < 0) throw new Error(`"${place}" is not in ${file}.`);
      const info = service.getQuickInfoAtPosition(path, position);
      return ts.displayPartsToString(info?.displayParts);
    },
  };
}

function createHost(project: string): ts.LanguageServiceHost {
  const { config } = ts.readConfigFile(join(project, "tsconfig.json"), ts.sys.readFile) as {
    readonly config: unknown;
  };
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, project);
  return {
    getScriptFileNames: () => fileNames,
    getScriptVersion: () => "1",
    getScriptSnapshot: (path) =>
      existsSync(path) ? ts.ScriptSnapshot.fromString(readFileSync(path, "utf8")) : undefined,
    getCurrentDirectory: () => project,
    getCompilationSettings: () => options,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
    ...(ts.sys.realpath === undefined ? {} : { realpath: ts.sys.realpath }),
  };
}
