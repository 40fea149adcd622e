import { expect, test } from "vitest";
import { fc } from "../../fast-check.js";
import { findUsableWords } from "../../../src/generator/from-database/usable-words.js";

test.each([
  ["user_id", ["user", "id"]],
  ["UserID", ["user", "id"]],
  ["USERS", ["users"]],
  ["Full Name", ["full", "name"]],
  ["größe", ["grosse"]],
  ["Æther-Ødipus", ["aether", "odipus"]],
  ["2nd place", ["column", "2nd", "place"]],
  ["naïve?", ["naive"]],
  ["名", ["u540d"]],
  ["a名b", ["a", "u540d", "b"]],
  ["%", ["u25"]],
  ["", ["column"]],
])("the words of %j are %j", (name, words) => {
  expect(findUsableWords(name, "column")).toEqual(words);
});

test("whatever a name holds, its words make an identifier", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (name) => {
      expect(findUsableWords(name, "column").join("_")).toMatch(/^[a-z][a-z0-9_]*$/);
    }),
  );
});
