import type { AttributeType } from "../../../runtime/attribute-type.js";
import type { ColumnDefault } from "../../../migrations/snapshot.js";
import { readLiteral, removeParentheses } from "../postgres/literal.js";
import { readMoment } from "../../../runtime/values/sqlite-moment.js";

type Value = Extract<ColumnDefault, { kind: "value" }>["value"];

/** The default that the text of a declaration gives; whatever is no plain value stays SQL. */
export function readColumnDefault(sql: string | null, type: AttributeType): ColumnDefault | undefined {
  if (sql === null) return undefined;
  const bare = removeParentheses(sql);
  if (isMoment(type) && /^current_timestamp$/i.test(bare)) return { kind: "now" };
  if (type.kind === "uuid" && isRandomUuid(bare)) return { kind: "uuid" };
  const literal = readLiteral(bare);
  if (literal?.isNull === true) return undefined;
  const value = literal === undefined ? undefined : readValue(literal.text, type);
  return value === undefined ? { kind: "sql", sql: bare } : { kind: "value", value };
}

function isMoment({ kind }: AttributeType): boolean {
  return kind === "datetime" || kind === "date" || kind === "time";
}

/** The expression by which Knex makes a uuid in SQLite. */
function isRandomUuid(sql: string): boolean {
  return /^lower\(hex\(randomblob\(4\)\)\)/i.test(sql);
}

function readValue(text: string, { kind }: AttributeType): Value | undefined {
  if (kind === "integer" || kind === "float") return readNumber(text);
  if (kind === "boolean") return { "1": true, true: true, "0": false, false: false }[text.toLowerCase()];
  if (kind === "json" || kind === "array") return readJson(text);
  if (kind === "datetime") return readDatetime(text);
  return text;
}

function readNumber(text: string): Value | undefined {
  return text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : undefined;
}

function readJson(text: string): Value | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readDatetime(text: string): Value | undefined {
  const moment = readMoment(text);
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}
