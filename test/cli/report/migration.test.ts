import pc from "picocolors";
import { expect, test } from "vitest";
import { formatDuration } from "../../../src/cli/report/duration.js";
import { createMigrationReporter } from "../../../src/cli/report/migration.js";
import type { Output } from "../../../src/cli/terminal.js";

interface Told {
  readonly data: string;
  readonly talk: string;
}

type Reporter = ReturnType<typeof createMigrationReporter>;

function runReporter(isTerminal: boolean, run: (reporter: Reporter) => void = runTwo): Told {
  const written = { data: "", talk: "" };
  const open = (stream: "data" | "talk"): Output => ({
    colors: pc.createColors(false),
    isTerminal,
    write: (text) => void (written[stream] += text),
  });
  const terminal = { data: open("data"), talk: open("talk"), canAsk: false };
  const reporter = createMigrationReporter({ running: "migrating", done: "migrated" }, terminal);
  run(reporter);
  return written;
}

function runTwo(reporter: Reporter): void {
  reporter.onStart("1_a.ts");
  reporter.onDone("1_a.ts", 12.4);
  reporter.onStart("2_b.ts");
  reporter.finish();
}

const clear = "\r\u001b[2K";

test("each migration that ended has a line with its time", () => {
  expect(runReporter(false)).toEqual({ data: "  migrated  1_a.ts  12 ms\n", talk: "" });
});

test("at a terminal the one that runs is shown until it ends, whatever its end", () => {
  const { talk } = runReporter(true);
  expect(talk).toBe(`${clear} migrating  1_a.ts …${clear}${clear} migrating  2_b.ts …${clear}`);
});

test("what keeps a run waiting is said beside the data", () => {
  const { data, talk } = runReporter(false, (reporter) => {
    reporter.onWait("ashlar, process 42 on web-1");
    reporter.onRepeat("1_a.ts");
    reporter.onRetry({ name: "2_b.ts", pause: 1000, left: 2, blocker: "process 7 (psql)" });
    reporter.onRetry({ name: "2_b.ts", pause: 2000, left: 1 });
  });
  expect(data).toBe("");
  expect(talk.trimEnd().split("\n")).toEqual([
    "   waiting  for another run of migrations: ashlar, process 42 on web-1",
    "     again  1_a.ts was begun before and cut off; running it again",
    "    locked  2_b.ts waited too long for a lock and gave up; trying again in 1.0 s, at most 2 more times; the longest open transaction: process 7 (psql)",
    "    locked  2_b.ts waited too long for a lock and gave up; trying again in 2.0 s, at most 1 more time",
  ]);
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
