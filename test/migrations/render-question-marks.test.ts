import { describe, expect, it } from "vitest";
import { protectQuestionMarks } from "../../src/migrations/render/sql/question-marks.js";

describe("question marks in SQL", () => {
  it.each([
    ["no mark at all", "select 'a\\b'", "select 'a\\b'"],
    ["an operator", "settings ? 'theme'", "settings \\? 'theme'"],
    ["one in a text", "'what?'", "'what\\?'"],
    ["one after a backslash in a text", "a ~ '^b\\?$'", "a ~ E'^b\\\\\\x3F$'"],
    ["one after a backslash in an escaped text", "a ~ E'^b\\\\?\\n'", "a ~ E'^b\\\\\\x3F\\n'"],
    ["one after a backslash in a body", "do $x$ '\\?' $x$", "do E' ''\\\\\\x3F'' '"],
  ])("are kept on PostgreSQL: %s", (_, sql, written) => {
    expect(protectQuestionMarks(sql, "postgres")).toBe(written);
  });

  it("are kept on SQLite, with a backslash before them", () => {
    expect(protectQuestionMarks("a = '\\?' or b = '?'", "sqlite")).toBe("a = '\\\\?' or b = '?'");
  });
});
