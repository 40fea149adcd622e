import type { Fragment } from "../mapping/fragment.js";
import type { AttributeType } from "../attribute-type.js";
import type { DatabaseKind } from "../values/database.js";
import type { PatternKind } from "./condition.js";

interface PatternText {
  readonly type: AttributeType;
  readonly text: string;
  readonly database: DatabaseKind;
}

/**
 * A text compared with a pattern. PostgreSQL's `like` tells upper case from lower and SQLite's does not, so SQLite's
 * `glob` takes its part; `ilike` there folds the letters from a to z alone.
 */
export function renderPattern(
  place: string,
  pattern: PatternKind,
  { type, text, database }: PatternText,
): Fragment {
  const like = toLikePattern(pattern, text);
  if (database === "postgres") {
    const operator = pattern === "ilike" ? "ilike" : "like";
    const words = type.kind === "enum" && type.native !== undefined ? `${place}::text` : place;
    return { sql: `${words} ${operator} ? escape '\\'`, bindings: [like] };
  }
  if (pattern === "ilike") return { sql: `${place} like ? escape '\\'`, bindings: [like] };
  return { sql: `${place} glob ?`, bindings: [toGlob(like)] };
}

function toLikePattern(pattern: PatternKind, text: string): string {
  if (pattern === "like" || pattern === "ilike") return text;
  const literal = text.replace(/[\\%_]/g, "\\$&");
  return `${pattern === "startsWith" ? "" : "%"}${literal}${pattern === "endsWith" ? "" : "%"}`;
}

/** `*` and `?` and `[` mean something to `glob`; in brackets they stand for themselves. */
function toGlob(like: string): string {
  return like.replace(
    /\\(.)|([%_])|([*?[])/gsu,
    (_match, escaped?: string, wild?: string, special?: string) => {
      if (wild !== undefined) return wild === "%" ? "*" : "?";
      return literal(escaped ?? special ?? "");
    },
  );
}

function literal(character: string): string {
  return "*?[".includes(character) ? `[${character}]` : character;
}
