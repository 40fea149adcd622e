import { execFileSync, spawnSync } from "node:child_process";
import { fc } from "../../fast-check.js";
import { describe, expect, test } from "vitest";
import { createIgnoreTest } from "../../../src/host/format/ignore-rules.js";
import { createTemporaryFolder, writeFiles } from "../temporary-project.js";

describe("a rule", () => {
  test.each([
    ["dist", ["dist", "dist/a.ts", "src/dist/a.ts"], ["distant", "src/a.ts"]],
    ["dist/", ["dist/a.ts", "src/dist/a.ts"], ["dist"]],
    ["/dist", ["dist/a.ts"], ["src/dist/a.ts"]],
    ["src/gen", ["src/gen/a.ts"], ["lib/src/gen/a.ts"]],
    ["*.gen.ts", ["a.gen.ts", "src/a.gen.ts"], ["a.ts"]],
    ["src/*.ts", ["src/a.ts"], ["src/deep/a.ts"]],
    ["src/**/gen", ["src/gen/a.ts", "src/a/b/gen/a.ts"], ["gen/a.ts"]],
    ["**/gen", ["gen/a.ts", "a/gen/a.ts"], ["again/a.ts"]],
    ["gen/**", ["gen/a.ts", "gen/b/a.ts"], ["a/gen/b.ts"]],
    ["a?.ts", ["ab.ts"], ["a.ts", "a/.ts"]],
    ["a[bc].ts", ["ab.ts", "ac.ts"], ["ad.ts"]],
    ["a[!bc].ts", ["ad.ts"], ["ab.ts"]],
    ["# comment\n\n\\#a.ts  \n", ["#a.ts"], ["# comment"]],
    ["*.ts\n!keep.ts", ["a.ts"], ["keep.ts", "src/keep.ts"]],
    ["gen\n!gen/keep.ts", ["gen/keep.ts"], []],
    ["a+b(c).ts", ["a+b(c).ts"], ["aab(c).ts"]],
  ])("%j", (rules, ignored, kept) => {
    const isIgnored = createIgnoreTest(rules);
    expect(ignored.filter((path) => !isIgnored(path))).toEqual([]);
    expect(kept.filter(isIgnored)).toEqual([]);
  });
});

test("no text is too odd to be read", () => {
  const odd = fc.string({
    unit: fc.constantFrom("[", "]", "!", "z-a", "\\\\", "*", "/", "a", "(", " ", "\n"),
  });
  fc.assert(fc.property(odd, (rules) => void createIgnoreTest(rules)("src/a.ts")));
});

test("the rules are those of git", () => {
  const root = createTemporaryFolder();
  execFileSync("git", ["init", "-q"], { cwd: root });
  const part = fc.constantFrom("a", "b", "ab", "*", "**", "?", "a*", "[ab]", "[!a]", "*b");
  const rule = fc
    .tuple(
      fc.constantFrom("", "!"),
      fc.constantFrom("", "/"),
      fc.array(part, { minLength: 1, maxLength: 3 }),
      fc.constantFrom("", "/"),
    )
    .map(([not, start, parts, end]) => `${not}${start}${parts.join("/")}${end}`);
  const name = fc
    .array(fc.constantFrom("a", "b", "ab", "c"), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.join("/"));
  fc.assert(
    fc.property(
      fc.array(rule, { maxLength: 4 }),
      fc.array(name, { minLength: 1, maxLength: 8 }),
      (rules, names) => {
        writeFiles(root, { ".gitignore": rules.join("\n") });
        const { stdout } = spawnSync("git", ["check-ignore", "--no-index", "--stdin"], {
          cwd: root,
          input: names.join("\n"),
          encoding: "utf8",
        });
        const isIgnored = createIgnoreTest(rules.join("\n"));
        expect(names.filter(isIgnored)).toEqual(stdout.split("\n").filter((line) => line !== ""));
      },
    ),
    { numRuns: 100 },
  );
});
