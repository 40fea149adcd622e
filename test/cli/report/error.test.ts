import pc from "picocolors";
import { expect, test } from "vitest";
import { reportError } from "../../../src/cli/report/error.js";
import type { Output } from "../../../src/cli/terminal.js";
import { failure, usageError } from "../../../src/support/problem.js";

interface Report {
  readonly exitCode: number;
  readonly data: string;
  readonly talk: string;
}

function report(error: unknown, isJson = false): Report {
  const written = { data: "", talk: "" };
  const open = (stream: "data" | "talk"): Output => ({
    colors: pc.createColors(false),
    isTerminal: false,
    write: (text) => void (written[stream] += text),
  });
  const exitCode = reportError(error, { data: open("data"), talk: open("talk"), canAsk: false }, isJson);
  return { exitCode, ...written };
}

const problem = { code: "patch.syntax", message: 'The file "src/user.ts" does not parse.' };

test("a problem is told with all that it carries", () => {
  const { talk, exitCode } = report(
    failure({
      ...problem,
      location: { path: "src/user.ts", line: 3, column: 5 },
      frame: "  2 | a\n> 3 | b\n    |     ^",
      paste: "tasks: hasMany(() => Task),\nusers: 1,\n",
      hint: "Mend it.\nThen run again.",
    }),
  );
  expect(exitCode).toBe(1);
  expect(talk).toBe(`
  error  The file "src/user.ts" does not parse.  patch.syntax
    at src/user.ts:3:5

      2 | a
    > 3 | b
        |     ^

    Paste this:

    tasks: hasMany(() => Task),
    users: 1,

    Mend it.
    Then run again.

`);
});

test("every problem is told, apart from each other", () => {
  const { talk, exitCode } = report(usageError(problem, { code: "b", message: "Two." }));
  expect(exitCode).toBe(2);
  expect(talk).toBe(`\n  error  ${problem.message}  patch.syntax\n\n  error  Two.  b\n\n`);
});

test("only with --json are problems data too", () => {
  expect(report(failure(problem)).data).toBe("");
  expect(JSON.parse(report(failure(problem), true).data)).toEqual({ problems: [problem] });
});

test("an error that nobody foresaw is owned up to, with its stack, its cause and where to report it", () => {
  const { talk, data, exitCode } = report(
    new TypeError("x is not a function", { cause: new Error("the cause") }),
    true,
  );
  expect(exitCode).toBe(1);
  expect(data).toBe("");
  expect(talk).toContain("This is a bug in ashlar, not a mistake of yours.");
  expect(talk).toContain("Please report it, with the command you typed and the lines below.");
  expect(talk).toMatch(/TypeError: x is not a function\n {4}at .*error\.test\.ts/);
  expect(talk).toMatch(/Caused by: Error: the cause\n {4}at /);
});

test("what is thrown need not be an error", () => {
  expect(report("just text").talk).toContain("just text");
});
