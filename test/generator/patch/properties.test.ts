import { fc } from "../../fast-check.js";
import { expect, test } from "vitest";
import { applyPatches } from "../../../src/generator/patch/apply-patches.js";
import { parseSource, readSource } from "../../../src/generator/source/parser.js";
import { findResources } from "../../../src/generator/source/resource-reader.js";
import { findLostText } from "./lost-text.js";
import { contents, findGaps, hands, recipe, writeFile } from "./written-file.js";

const path = "src/accounts/user.ts";
const files = fc.tuple(contents, hands);

function patch(text: string): string {
  const outcome = applyPatches(text, { path }, recipe);
  if (outcome.kind === "failed") throw new Error(outcome.problems.map(({ message }) => message).join("\n"));
  return outcome.kind === "changed" ? outcome.text : text;
}

test("a patch twice is a patch once", () => {
  fc.assert(
    fc.property(files, ([content, hand]) => {
      const once = patch(writeFile(content, hand));
      expect(applyPatches(once, { path }, recipe).kind).toBe("unchanged");
    }),
  );
});

test("a patched file parses and says what it said, and what was added", () => {
  fc.assert(
    fc.property(files, ([content, hand]) => {
      const before = writeFile(content, hand);
      const after = patch(before);
      expect(readSource(after, path).kind).toBe("read");
      expectAdded(before, after);
    }),
  );
});

test("a patched file keeps its ends of lines, indentation, quotes, semicolons and commas", () => {
  fc.assert(
    fc.property(files, ([content, hand]) => {
      const text = patch(writeFile(content, hand));
      expect(text.replaceAll(hand.endOfLine, "")).not.toMatch(/[\r\n]/);
      expect(text).not.toContain(hand.quote === '"' ? "'" : '"');
      for (const line of text.split(hand.endOfLine)) {
        expect(line.replace(new RegExp(`^(${hand.indent})*`), "")).not.toMatch(/^\s/);
        if (hand.semicolon === "") expect(line).not.toMatch(/;$/);
        else expect(line).not.toMatch(/^import .*["']$/);
      }
      if (hand.trailingComma === "") expect(text).not.toMatch(/\(\),\s*\}/);
    }),
  );
});

test("nothing of a file is lost, whatever comments stand in it", () => {
  const comments = fc.array(
    fc.tuple(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.constantFrom("/* c, } */", " // c, {\n", "\n", " "),
    ),
    { minLength: 1, maxLength: 12 },
  );
  fc.assert(
    fc.property(files, comments, ([content, hand], noise) => {
      const plain = writeFile(content, hand);
      const before = addNoise(plain, noise);
      // A line break may end a statement that went on: such a file says something else.
      fc.pre(readSource(before, path).kind === "read");
      fc.pre(describe(before) === describe(plain));
      const after = patch(before);
      expect(readSource(after, path).kind).toBe("read");
      expectAdded(before, after);
      expect(findLostText(before, after)).toBe("");
      expect(applyPatches(after, { path }, recipe).kind).toBe("unchanged");
    }),
  );
});

function addNoise(text: string, noise: readonly (readonly [number, string])[]): string {
  const gaps = findGaps(text);
  const places = noise.map(
    ([where, what]) => [gaps[Math.floor(where * (gaps.length - 1))] ?? 0, what] as const,
  );
  return places
    .toSorted(([left], [right]) => right - left)
    .reduce((result, [at, what]) => result.slice(0, at) + what + result.slice(at), text);
}

function describe(text: string): string {
  const resources = findResources(parseSource(text, path));
  return JSON.stringify(resources, (key, value: unknown) => (key === "expression" ? undefined : value));
}

function expectAdded(before: string, after: string): void {
  const [old] = findResources(parseSource(before, path));
  const [now] = findResources(parseSource(after, path));
  const names = (list: readonly { readonly name: string }[] | undefined) => list?.map(({ name }) => name);
  expect(names(now?.attributes.items)).toEqual([...(names(old?.attributes.items) ?? []), "age"]);
  expect(new Set(names(now?.relationships.items))).toEqual(
    new Set([...(names(old?.relationships.items) ?? []), "tasks", "userTasks"]),
  );
  expect(now?.defaultActions.items).toEqual(["create", "read"]);
  expect(now?.identities.items).toEqual([{ name: "uniqueAge", attributes: ["age"] }]);
}
