import pc from "picocolors";
import { expect, test } from "vitest";
import { renderNext, renderNotices, renderPlan } from "../../../src/cli/report/plan.js";
import type { Change, Plan } from "../../../src/generator/plan.js";

const plain = pc.createColors(false);

function buildPlan(...changes: readonly Change[]): Plan {
  return { title: "Accounts.User", changes, notices: [], next: [] };
}

function patch(path: string, ...summary: readonly string[]): Change {
  return { kind: "patch", path, before: "", after: "x", summary };
}

test("status words end at one column and what was added begins at another", () => {
  const plan = buildPlan(
    { kind: "create", path: "src/accounts/a-file-with-quite-a-long-name.ts", after: "" },
    patch("src/accounts/accounts.ts", "User"),
    patch("src/repo.ts", "Accounts", "Works"),
    { kind: "delete", path: "src/old.ts", before: "" },
    { kind: "identical", path: "a.ts" },
    { kind: "skip", path: "b.ts" },
  );
  expect(renderPlan(plan, plain)).toBe(`
  Accounts.User

    create  src/accounts/a-file-with-quite-a-long-name.ts
     patch  src/accounts/accounts.ts        + User
     patch  src/repo.ts                     + Accounts, Works
    delete  src/old.ts
 identical  a.ts
      skip  b.ts

`);
});

test("below a title without files there is one empty line", () => {
  expect(renderPlan(buildPlan(), plain)).toBe("\n  Accounts.User\n\n");
});

test("there is a gap after the longest path that has a summary", () => {
  const lines = renderPlan(
    buildPlan(patch("src/1234567890.ts", "a"), patch("src/12345678901.ts", "b")),
    plain,
  );
  expect(lines).toContain("src/1234567890.ts       + a");
  expect(lines).toContain("src/12345678901.ts      + b");
});

test("a patch without a summary has its path alone", () => {
  expect(renderPlan(buildPlan(patch("src/a.ts")), plain)).toContain("     patch  src/a.ts\n");
});

test("each kind of change has its colour", () => {
  const colors = pc.createColors(true);
  const shown = renderPlan(
    buildPlan({ kind: "create", path: "a.ts", after: "" }, patch("b.ts", "x")),
    colors,
  );
  expect(shown).toContain(`${colors.green("    create")}  a.ts`);
  expect(shown).toContain(colors.cyan("     patch"));
});

test("a notice stands with its hint below it", () => {
  const notice = { code: "a.b", message: "Look." };
  expect(
    renderNotices(
      [
        { ...notice, severity: "warning", hint: "npm install x" },
        { ...notice, severity: "notice" },
      ],
      plain,
    ),
  ).toBe("   warning  Look.\n            npm install x\n    notice  Look.\n");
});

test("what to type next is listed below each other, and nothing is said where there is nothing", () => {
  expect(renderNext(["cd shop", "npm test"], plain)).toBe("  Next: cd shop\n        npm test\n\n");
  expect(renderNext([], plain)).toBe("");
});
