import type { MigrationAnswers } from "../../migrations/plan-migration.js";
import type { ColumnRename, TableRename } from "../../migrations/renames.js";
import type { Snapshot } from "../../migrations/snapshot.js";
import { type Problem, usageError } from "../../support/problem.js";
import { findNearest } from "../did-you-mean.js";

/** Answers as they are typed, each list one flag. */
export interface TypedAnswers {
  /** `users.name:full_name` */
  readonly rename: readonly string[];
  /** `people:users` */
  readonly renameTable: readonly string[];
  /** `users.name`, or a table */
  readonly notRenamed: readonly string[];
  readonly allowDrop: readonly string[];
  /** `users.age=0` */
  readonly fill: readonly string[];
  /** `users.age=age::integer` */
  readonly cast: readonly string[];
}

/** The schemas that the answers are about. */
export interface AnsweredSchemas {
  readonly before: Snapshot;
  readonly after: Snapshot;
}

/**
 * The answers as data.
 *
 * @throws AshlarError of kind usage with every one that cannot be read, or names what is not there:
 * `migration.answer.malformed`, `migration.answer.unknown`
 * @example
 * readAnswers({ ...nothing, rename: ["users.name:full_name"] }, schemas).renames.columns;
 * // [{ table: "users", from: "name", to: "full_name" }]
 */
export function readAnswers(typed: TypedAnswers, schemas: AnsweredSchemas): MigrationAnswers {
  const reader = new AnswerReader(schemas);
  const tables = typed.renameTable.flatMap((text) => reader.readTableRename(text));
  const columns = typed.rename.flatMap((text) => reader.readColumnRename(text, tables));
  const fills = new Map(typed.fill.flatMap((text) => reader.readSql("fill", text)));
  const casts = new Map(typed.cast.flatMap((text) => reader.readSql("cast", text)));
  if (reader.problems.length > 0) throw usageError(...reader.problems);
  const dropped = typed.notRenamed;
  return { renames: { tables, columns }, dropped, allowed: typed.allowDrop, fills, casts };
}

/**
 * The keys of the tables that were said to be other ones than those of migrations by hand, or `all`.
 *
 * @throws AshlarError of kind usage: `migration.answer.unknown`
 */
export function readNewTables(typed: readonly string[], schemas: AnsweredSchemas): readonly string[] {
  const reader = new AnswerReader(schemas);
  const keys = typed.flatMap((text) => text.split(",").map((key) => key.trim())).filter((key) => key !== "");
  for (const key of keys) reader.readNewTable(key);
  if (reader.problems.length > 0) throw usageError(...reader.problems);
  return keys;
}

class AnswerReader {
  readonly problems: Problem[] = [];
  readonly #schemas: AnsweredSchemas;

  constructor(schemas: AnsweredSchemas) {
    this.#schemas = schemas;
  }

  readNewTable(key: string): void {
    if (key !== "all") this.#isTable(this.#schemas.after, key, `--new-table ${key}`);
  }

  readTableRename(text: string): readonly TableRename[] {
    const [from, to] = splitAtLast(text, ":");
    if (from === "" || to === "") return this.#refuse("rename-table", text, "people:users");
    const { before, after } = this.#schemas;
    const isKnown =
      this.#isTable(before, from, `--rename-table ${text}`) &&
      this.#isTable(after, to, `--rename-table ${text}`);
    return isKnown ? [{ from, to }] : [];
  }

  /** The table by its key after the change; the one before is understood too. */
  readColumnRename(text: string, renamed: readonly TableRename[]): readonly ColumnRename[] {
    const [place, to] = splitAtLast(text, ":");
    const [typed, from] = splitAtLast(place, ".");
    if (typed === "" || from === "" || to === "") return this.#refuse("rename", text, "users.name:full_name");
    const rename = renamed.find((each) => each.from === typed || each.to === typed);
    const { before, after } = this.#schemas;
    const [old, table] = rename === undefined ? [typed, typed] : [rename.from, rename.to];
    const flag = `--rename ${text}`;
    const isKnown = this.#isColumn(before, old, from, flag) && this.#isColumn(after, table, to, flag);
    return isKnown ? [{ table, from, to }] : [];
  }

  readSql(flag: "fill" | "cast", text: string): readonly (readonly [string, string])[] {
    const place = text.slice(0, Math.max(0, text.indexOf("=")));
    const sql = text.slice(place.length + 1).trim();
    const [table, column] = splitAtLast(place, ".");
    const example = flag === "fill" ? "users.age=0" : 'users.age="age::integer"';
    if (table === "" || column === "" || sql === "") return this.#refuse(flag, text, example);
    const isKnown = this.#isColumn(this.#schemas.after, table, column, `--${flag} ${text}`);
    return isKnown ? [[place, sql]] : [];
  }

  #refuse(flag: string, text: string, example: string): readonly never[] {
    this.problems.push({
      code: "migration.answer.malformed",
      message: `--${flag} "${text}" cannot be read.`,
      hint: `Write it like: --${flag} ${example}`,
    });
    return [];
  }

  #isTable(schema: Snapshot, key: string, flag: string): boolean {
    if (schema.has(key)) return true;
    this.#tellUnknown(`There is no table "${key}"`, key, [...schema.keys()], flag);
    return false;
  }

  #isColumn(schema: Snapshot, key: string, column: string, flag: string): boolean {
    if (!this.#isTable(schema, key, flag)) return false;
    const names = schema.get(key)?.columns.map(({ name }) => name) ?? [];
    if (names.includes(column)) return true;
    this.#tellUnknown(`"${key}" has no column "${column}"`, column, names, flag);
    return false;
  }

  #tellUnknown(what: string, given: string, names: readonly string[], flag: string): void {
    const nearest = findNearest(given, names);
    this.problems.push({
      code: "migration.answer.unknown",
      message: `${flag}: ${what}.`,
      hint:
        nearest === undefined
          ? `There are: ${names.length === 0 ? "none" : [...names].sort().join(", ")}.`
          : `Did you mean "${nearest}"?`,
    });
  }
}

/** The text before and after the last separator; empty parts where there is none. */
function splitAtLast(text: string, separator: string): readonly [string, string] {
  const place = text.lastIndexOf(separator);
  return place < 0 ? ["", ""] : [text.slice(0, place).trim(), text.slice(place + 1).trim()];
}
