import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Patch } from "../../../src/generator/patch/patch.js";

/** What `patch.json` says: a case's own, else that of the patch it is a case of. */
export interface PatchRequest {
  readonly path: string;
  readonly printWidth?: number;
  readonly patches: readonly Patch[];
}

/** What `case.json` says of a case that is not the ordinary one. */
interface CaseNotes {
  readonly outcome: "changed" | "unchanged" | "failed";
  /** Lines of the input that are written on: one-line lists that open, a comma that was missing. */
  readonly touchedLines: number;
  /** The texts that go: the `type` of an import that becomes one of a value, the declaration of an attribute. */
  readonly replaces: string | readonly string[];
  /** Why the output of a clean input need not be clean. */
  readonly unclean?: string;
}

/**
 * A folder of `cases/<patch>/`: the file before (`input.ts.txt`) and what becomes of it: `expected.ts.txt`,
 * `problem.txt`, or neither where nothing is to change. The endings keep hostile files from compilers and formatters.
 */
export interface PatchCase {
  readonly name: string;
  readonly folder: string;
  readonly input: string;
  readonly request: PatchRequest;
  readonly notes: CaseNotes;
}

const casesFolder = fileURLToPath(new URL("./cases", import.meta.url));

export function readPatchCases(): readonly PatchCase[] {
  return listFolders(casesFolder).flatMap((patch) =>
    listFolders(join(casesFolder, patch)).map((name) => readPatchCase(patch, name)),
  );
}

function readPatchCase(patch: string, name: string): PatchCase {
  const folder = join(casesFolder, patch, name);
  return {
    name: `${patch}: ${name.replaceAll("-", " ")}`,
    folder,
    input: readFileSync(join(folder, "input.ts.txt"), "utf8"),
    request: readRequest(join(folder, "patch.json"), join(casesFolder, patch, "patch.json")),
    notes: {
      outcome: "changed",
      touchedLines: 0,
      replaces: "",
      ...readJson<Partial<CaseNotes>>(join(folder, "case.json")),
    },
  };
}

function readRequest(...paths: readonly string[]): PatchRequest {
  const found = paths.map((path) => readJson<PatchRequest>(path)).find((request) => request !== undefined);
  if (found === undefined) throw new Error(`There is none of ${paths.join(", ")}.`);
  return found;
}

function readJson<Value>(path: string): Value | undefined {
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;
}

function listFolders(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}
