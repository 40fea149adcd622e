import { failure } from "../support/problem.js";
import type { GeneratorContext } from "./context.js";
import { readSource, type Source } from "./source/parser.js";

/** Parses a file of the project. Throws its syntax error, with the code frame. */
export function readProjectSource({ files }: Pick<GeneratorContext, "files">, path: string): Source {
  const reading = readSource(files.read(path) ?? "", path);
  if (reading.kind === "failed") throw failure(reading.problem);
  return reading.source;
}
