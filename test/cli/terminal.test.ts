import { expect, test } from "vitest";
import { createTerminal, type Terminal } from "../../src/cli/terminal.js";

interface Ends {
  readonly stdin?: boolean;
  readonly stdout?: boolean;
  readonly stderr?: boolean;
}

function open(
  env: Record<string, string>,
  { stdin = true, stdout = true, stderr = true }: Ends = {},
): Terminal {
  const stream = (isTTY: boolean) => ({ isTTY, write: () => true });
  return createTerminal({ stdin: { isTTY: stdin }, stdout: stream(stdout), stderr: stream(stderr), env });
}

function hasColors({ data, talk }: Terminal): readonly boolean[] {
  return [data, talk].map(({ colors }) => colors.isColorSupported);
}

test("a question needs someone who reads it and someone who answers it", () => {
  expect(open({}).canAsk).toBe(true);
  expect(open({}, { stdin: false }).canAsk).toBe(false);
  expect(open({}, { stderr: false }).canAsk).toBe(false);
  expect(open({}, { stdout: false }).canAsk).toBe(true);
});

test.each(["1", "true", "github"])("with CI=%s nobody is asked", (value) => {
  expect(open({ CI: value }).canAsk).toBe(false);
});

test.each(["", "0", "false"])("CI=%j is no continuous integration", (value) => {
  expect(open({ CI: value }).canAsk).toBe(true);
});

test("each stream is coloured as it is a terminal", () => {
  expect(hasColors(open({}))).toEqual([true, true]);
  expect(hasColors(open({}, { stdout: false }))).toEqual([false, true]);
  expect(hasColors(open({ TERM: "dumb" }))).toEqual([false, false]);
});

test("NO_COLOR goes before FORCE_COLOR, and that before the stream", () => {
  const piped = { stdout: false, stderr: false };
  expect(hasColors(open({ FORCE_COLOR: "1" }, piped))).toEqual([true, true]);
  expect(hasColors(open({ FORCE_COLOR: "0" }))).toEqual([false, false]);
  expect(hasColors(open({ NO_COLOR: "1", FORCE_COLOR: "1" }))).toEqual([false, false]);
  expect(hasColors(open({ NO_COLOR: "" }))).toEqual([true, true]);
});
