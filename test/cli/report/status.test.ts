import pc from "picocolors";
import { expect, test } from "vitest";
import { renderStatus } from "../../../src/cli/report/status.js";

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
