import pc from "picocolors";
import { expect, test } from "vitest";
import { formatDuration } from "../../../src/cli/report/duration.js";
import { createMigrationReporter } from "../../../src/cli/report/migration.js";
import type { Output } from "../../../src/cli/terminal.js";

function runReporter(isTerminal: boolean): { data: string; talk: string } {
  const written = { data: "", talk: "" };
  const open = (stream: "data" | "talk"): Output => ({
    colors: pc.createColors(false),
    isTerminal,
    write: (text) => void (written[stream] += text),
  });
  const terminal = { data: open("data"), talk: open("talk"), canAsk: false };
  const reporter = createMigrationReporter({ running: "migrating", done: "migrated" }, terminal);
  reporter.onStart("1_a.ts");
  reporter.onDone("1_a.ts", 12.4);
  reporter.onStart("2_b.ts");
  reporter.finish();
  return written;
}

const clear = "\r\u001b[2K";

test("each migration that ended has a line with its time", () => {
  expect(runReporter(false)).toEqual({ data: "  migrated  1_a.ts  12 ms\n", talk: "" });
});

test("at a terminal the one that runs is shown until it ends, whatever its end", () => {
  const { talk } = runReporter(true);
  expect(talk).toBe(`${clear} migrating  1_a.ts …${clear}${clear} migrating  2_b.ts …${clear}`);
});

test("a time is read in milliseconds or seconds", () => {
  expect([0.4, 999.4, 999.6, 1000, 61_234].map(formatDuration)).toEqual([
    "0 ms",
    "999 ms",
    "1.0 s",
    "1.0 s",
    "61.2 s",
  ]);
});
