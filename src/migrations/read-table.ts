import {
  type JsonObject,
  type Placed,
  type Report,
  at,
  isAbsent,
  readBoolean,
  readEach,
  readItems,
  readOptional,
  readString,
  readStrings,
  readText,
  readTrue,
  readWord,
} from "./json-reader.js";
import { readType } from "./read-type.js";
import type {
  ColumnDefault,
  ColumnSnapshot,
  ForeignKeySnapshot,
  IndexColumn,
  IndexSnapshot,
  PrimaryKeySnapshot,
  StatementSnapshot,
  TableSnapshot,
} from "./snapshot.js";

/** The table in a snapshot file's content; whatever is not as it has to be is reported with its place. */
export function readTable(content: JsonObject, report: Report): TableSnapshot {
  const root: Placed = { value: content, place: "", report };
  const table = {
    ...readOptional(root, "schema", readString),
    name: readString(at(root, "name")),
    ...readOptional(root, "comment", readText),
    columns: readEach(at(root, "columns"), readColumn),
    ...readOptional(root, "primaryKey", readPrimaryKey),
    indexes: readEach(at(root, "indexes"), readIndex),
    foreignKeys: readEach(at(root, "foreignKeys"), readForeignKey),
    ...readOptional(root, "checks", (checks) => readEach(checks, readCheck)),
    ...readOptional(root, "statements", (statements) => readItems(statements, readStatement)),
  };
  return { ...table, columns: putFirst(table.primaryKey?.columns ?? [], table.columns) };
}

/** A file has the columns by name; a table that is made of it begins with its key. */
function putFirst(key: readonly string[], columns: readonly ColumnSnapshot[]): readonly ColumnSnapshot[] {
  const rank = ({ name }: ColumnSnapshot): number => (key.includes(name) ? key.indexOf(name) : key.length);
  return columns.toSorted((one, other) => rank(one) - rank(other));
}

function readColumn(name: string, placed: Placed): ColumnSnapshot {
  return {
    name,
    type: readType(at(placed, "type")),
    nullable: readBoolean(at(placed, "nullable")),
    ...readOptional(placed, "default", readDefault),
    ...readOptional(placed, "generatedAs", readString),
    ...readOptional(placed, "virtual", readTrue),
    ...readOptional(placed, "comment", readText),
  };
}

function readPrimaryKey(placed: Placed): PrimaryKeySnapshot {
  return { name: readString(at(placed, "name")), columns: readStrings(at(placed, "columns")) };
}

function readIndex(name: string, placed: Placed): IndexSnapshot {
  return {
    name,
    columns: readItems(at(placed, "columns"), readIndexColumn),
    unique: readBoolean(at(placed, "unique")),
    ...readOptional(placed, "where", readString),
    ...readOptional(placed, "method", readString),
    ...readOptional(placed, "include", readStrings),
    ...readOptional(placed, "nullsNotDistinct", readTrue),
    ...readOptional(placed, "constraint", readTrue),
  };
}

function readIndexColumn(placed: Placed): IndexColumn {
  if (typeof placed.value === "string") return placed.value;
  return { sql: readString(at(placed, "sql")) };
}

function readForeignKey(name: string, placed: Placed): ForeignKeySnapshot {
  const references = at(placed, "references");
  return {
    name,
    columns: readStrings(at(placed, "columns")),
    references: {
      table: readString(at(references, "table")),
      columns: readStrings(at(references, "columns")),
    },
    onDelete: readWord(at(placed, "onDelete"), ["cascade", "restrict", "set null", "no action"]),
    ...readOptional(placed, "setNull", readStrings),
    ...readOptional(placed, "onUpdate", (word) => readWord(word, ["cascade", "restrict", "set null"])),
    ...readOptional(placed, "deferrable", (word) =>
      readWord(word, ["initially immediate", "initially deferred"]),
    ),
  };
}

function readCheck(name: string, placed: Placed) {
  return { name, sql: readString(at(placed, "sql")) };
}

function readStatement(placed: Placed): StatementSnapshot {
  return {
    name: readString(at(placed, "name")),
    up: readString(at(placed, "up")),
    down: readString(at(placed, "down")),
  };
}

function readDefault(placed: Placed): ColumnDefault {
  const kind = readWord(at(placed, "kind"), ["value", "uuid", "now", "increment", "identity", "sql"]);
  if (kind === "identity") return { kind, always: readBoolean(at(placed, "always")) };
  if (kind === "sql") return { kind, sql: readString(at(placed, "sql")) };
  if (kind !== "value") return { kind };
  const value = at(placed, "value");
  if (isAbsent(value)) placed.report(value.place, "a value");
  // What stands in JSON is such a value.
  return { kind, value: value.value as Extract<ColumnDefault, { kind: "value" }>["value"] };
}
