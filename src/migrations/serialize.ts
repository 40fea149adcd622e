import { AshlarError, type Problem, failure } from "../support/problem.js";
import { stringifySorted } from "./canonical-json.js";
import { type JsonObject, isJsonObject } from "./json-reader.js";
import { readTable } from "./read-table.js";
import type { TableSnapshot } from "./snapshot.js";

/** The version of the files that this ashlar writes; it reads no newer ones. */
const VERSION = 1;

/**
 * A table as the text of its snapshot file: sorted keys, one line a fact, so that branches merge line by line.
 *
 * @example
 * serializeTable(describeTable(definitionOf(UserTask))); // `{\n  "columns": {\n    "task_id": {…`
 */
export function serializeTable(table: TableSnapshot): string {
  const { columns, indexes, foreignKeys, checks, ...rest } = table;
  const content = {
    version: VERSION,
    ...rest,
    columns: byName(columns),
    indexes: byName(indexes),
    foreignKeys: byName(foreignKeys),
    ...(checks && { checks: byName(checks) }),
  };
  return stringifySorted(content) + "\n";
}

function byName<Named extends { readonly name: string }>(
  things: readonly Named[],
): Record<string, Omit<Named, "name">> {
  return Object.fromEntries(things.map(({ name, ...rest }) => [name, rest]));
}

/**
 * The table in the text of a snapshot file; its columns come sorted by name.
 *
 * @param path the file's path, for the message
 * @throws AshlarError where the text is no JSON, was written by a newer ashlar or lacks something, each with the place.
 * @example
 * parseTable(text, "migrations/snapshot/user_tasks.json").name; // "user_tasks"
 */
export function parseTable(text: string, path: string): TableSnapshot {
  const content = parseContent(text, path);
  const problems: Problem[] = [];
  const table = readTable(content, (place, expected) => problems.push(malformed(path, place, expected)));
  if (problems.length > 0) throw new AshlarError("failure", problems);
  return table;
}

function parseContent(text: string, path: string): JsonObject {
  if (conflictMarker.test(text)) throw failure(inConflict(path));
  const content = parseJson(text, path);
  if (!isJsonObject(content)) throw failure(malformed(path, "", "an object"));
  const version = content["version"];
  if (typeof version === "number" && version > VERSION) throw failure(tooNew(path, version));
  if (version !== VERSION) throw failure(malformed(path, "version", String(VERSION)));
  return content;
}

/** What git leaves around the two sides of a conflict. */
const conflictMarker = /^(?:<{7}|={7}|>{7}|\|{7})(?: |\r?$)/m;

function inConflict(path: string): Problem {
  return {
    code: "snapshot.conflict",
    message: `"${path}" holds the marks of a merge that is not resolved.`,
    hint: "Two branches changed the table: bring its resource into order. Which migration is then to be made anew is said by: npx ashlar check",
  };
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw new AshlarError("failure", [notJson(path, cause)], { cause });
  }
}

function notJson(path: string, cause: unknown): Problem {
  const detail = cause instanceof Error ? cause.message : String(cause);
  return { code: "snapshot.syntax", message: `"${path}" is no JSON: ${detail}`, hint: restoreHint(path) };
}

function tooNew(path: string, version: number): Problem {
  return {
    code: "snapshot.version",
    message: `"${path}" has version ${version}; this ashlar reads up to version ${VERSION}.`,
    hint: "Update ashlar: npm install ashlar@latest",
  };
}

function malformed(path: string, place: string, expected: string): Problem {
  const where = place === "" ? `"${path}"` : `"${place}" in "${path}"`;
  return { code: "snapshot.malformed", message: `${where} is not ${expected}.`, hint: restoreHint(path) };
}

function restoreHint(path: string): string {
  return `Correct it, or take the committed file: git checkout -- ${path}`;
}
