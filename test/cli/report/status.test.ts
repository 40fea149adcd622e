import pc from "picocolors";
import { expect, test } from "vitest";
import { canMigrate, renderStatus, renderStatusNotes } from "../../../src/cli/report/status.js";

const plain = pc.createColors(false);

// Far from UTC, in which servers run, where no time zone can be told from none.
process.env["TZ"] = "Asia/Tokyo";
const local = new Date(2026, 0, 2, 3, 4, 5);

test("the table says of each migration whether it has run, in which batch and when", () => {
  const table = renderStatus(
    [
      { state: "applied", name: "1_a.ts", batch: 1, ranAt: local },
      { state: "missing", name: "2_b.ts", batch: 12, ranAt: local },
      { state: "pending", name: "3_c.ts" },
    ],
    plain,
  );
  expect(table).toBe(`
  state    batch  ran                  migration
  applied  1      2026-01-02 03:04:05  1_a.ts
  missing  12     2026-01-02 03:04:05  2_b.ts
  pending                              3_c.ts

`);
});

test("states are told apart by colour", () => {
  const colors = pc.createColors(true);
  const table = renderStatus([{ state: "pending", name: "a.ts" }], colors);
  expect(table).toContain(colors.yellow("pending"));
});

test("what is not in order is explained once, with what to type", () => {
  const migrations = [
    { state: "edited", name: "1_a.ts", batch: 1, ranAt: local },
    { state: "edited", name: "2_b.ts", batch: 1, ranAt: local },
    { state: "half-undone", name: "3_c.ts", batch: 1, ranAt: local },
    { state: "late", name: "0_d.ts" },
    { state: "pending", name: "4_e.ts" },
  ] as const;
  expect(renderStatusNotes(migrations, plain).split("\n")).toEqual([
    "  edited: its file was edited since: bring it back as it was, or take it as it is: npx ashlar migrate --accept-edited",
    "  half-undone: undoing it was begun and cut off: npx ashlar rollback --step 1",
    "  late: one that comes after it has run; whether it may run now is told by: npx ashlar migrate",
    "",
  ]);
});

test("migrating is the next thing where something is pending and nothing stops it", () => {
  const pending = { state: "pending", name: "2.ts" } as const;
  const interrupted = { state: "interrupted", name: "1.ts" } as const;
  const late = { state: "late", name: "1.ts" } as const;
  expect(canMigrate([])).toBe(false);
  expect(canMigrate([interrupted, pending])).toBe(true);
  expect(canMigrate([late, pending])).toBe(false);
});
