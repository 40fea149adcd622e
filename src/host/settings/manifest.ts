import type { FileTree } from "../../generator/file-tree.js";
import { buildFrame, findLocation } from "../../generator/source/code-frame.js";
import { failure } from "../../support/problem.js";
import { readJson } from "./json-reader.js";

/** What is read of the project's package.json. */
export interface Manifest {
  readonly isEsm: boolean;
  /** Names of the packages that the application needs. */
  readonly dependencies: readonly string[];
  /** Names of the packages that its development needs. */
  readonly devDependencies: readonly string[];
  /** The `prettier` key. */
  readonly prettier: unknown;
}

/** @throws AshlarError `package.syntax` */
export function readManifest(files: FileTree): Manifest {
  const text = files.read("package.json") ?? "{}";
  const reading = readJson(text);
  if (reading.kind === "failed") {
    const location = findLocation("package.json", text, reading.offset);
    throw failure({
      code: "package.syntax",
      message: `package.json: at line ${location.line}, column ${location.column}: ${reading.message}.`,
      hint: "Mend package.json, then run the command again.",
      location,
      frame: buildFrame(text, location),
    });
  }
  const { type, dependencies, devDependencies, prettier } = toRecord(reading.value);
  return {
    isEsm: type === "module",
    dependencies: Object.keys(toRecord(dependencies)),
    devDependencies: Object.keys(toRecord(devDependencies)),
    prettier,
  };
}

function toRecord(
  value: unknown,
): Partial<Record<"type" | "dependencies" | "devDependencies" | "prettier", unknown>> {
  return typeof value === "object" && value !== null ? value : {};
}
