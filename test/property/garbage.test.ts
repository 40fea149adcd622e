import { fc } from "../fast-check.js";
import { describe, expect, test } from "vitest";
import { testProject, type TestProject, type TestRun } from "../../src/testing/index.js";
import { quote } from "./commands.js";

const words = [
  ...[
    "user_id",
    "task_id",
    "userId",
    "id",
    "User",
    "Task",
    "Accounts.User",
    "Accounts",
    "order",
    "class",
    "then",
  ],
  ...[
    "uuid",
    "string",
    "string(80)",
    "decimal(2,10)",
    "enum(",
    "enum(a,a)",
    "uuid[]",
    "[]",
    "integer",
    "datetime",
  ],
  ...[
    "required",
    "primary_key",
    "unique",
    "array",
    "default(",
    "default(now)",
    "default({)",
    "column()",
    "column(x)",
  ],
  ...[
    "belongs_to",
    "has_many",
    "many_to_many",
    "on_delete(x)",
    "cascade",
    "nilify",
    "replace",
    "error",
    "read",
  ],
  ...[
    "__proto__",
    "constructor",
    "hasOwnProperty",
    "$",
    "`",
    "'",
    '"',
    "\n",
    "\\",
    "/",
    "..",
    "é",
    "😀",
    "0",
    "-1",
    "",
  ],
];

const scrap = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...words) },
  { weight: 1, arbitrary: fc.string({ maxLength: 5 }) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 3 }) },
);
const junk = fc
  .tuple(fc.array(scrap, { minLength: 1, maxLength: 5 }), fc.constantFrom(":", ":", ",", "", "."))
  .map(([parts, glue]) => parts.join(glue));

const flag = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(
        ...[
          "primary-key",
          "uuid-primary-key",
          "integer-primary-key",
          "attributes",
          "relationships",
          "identity",
        ],
        ...["default-actions", "table", "plural", "description", "on-delete", "inverse", "conflicts"],
        ...["migration-name", "domain"],
      ),
      junk,
    )
    .map(([name, value]) => `--${name}=${value}`),
  fc.constantFrom(
    "--timestamps",
    "--join",
    "--no-join",
    "--no-inverse",
    "--no-references",
    "--ignore-if-exists",
  ),
);

const name = fc.oneof(
  fc.constantFrom(
    "Accounts User",
    "Accounts UserTask",
    "Works Task",
    "Works.Note",
    "Library Book",
    "Works Works",
  ),
  junk.filter((text) => !text.startsWith("-")).map(quote),
);

const command = fc
  .tuple(name, fc.array(flag, { maxLength: 5 }))
  .map(([names, flags]) => `gen resource ${names} ${flags.map(quote).join(" ")}`);

describe("whatever is typed", () => {
  test("is understood, or refused with nothing changed; never does it break", async () => {
    await fc.assert(
      fc.asyncProperty(command, async (typed) => {
        const project = testProject({ example: true });
        await expectOrder(project, typed);
      }),
      { numRuns: 100 },
    );
  });
});

describe("whatever the files of a project hold", () => {
  const paths = [
    "src/accounts/accounts.ts",
    "src/accounts/user.ts",
    "src/works/task.ts",
    "migrations/snapshot/users.json",
  ];
  const cut = fc.record({ path: fc.constantFrom(...paths), at: fc.nat(600), length: fc.nat(30), text: junk });
  const typed = fc.constantFrom(
    "gen resource Accounts UserTask --primary-key user_id,task_id",
    "gen resource Accounts User --attributes age:integer --identity unique_age:age --timestamps",
    "gen resource Works Task --attributes user_id:uuid,title:text --conflicts replace",
  );

  test("a command works with it, or is refused with nothing changed; never does it break", async () => {
    await fc.assert(
      fc.asyncProperty(cut, typed, async ({ path, at, length, text }, given) => {
        const project = testProject({ example: true });
        const whole = project.read(path);
        project.write(path, whole.slice(0, at) + text + whole.slice(at + length));
        await expectOrder(project, given);
      }),
      { numRuns: 100 },
    );
  });
});

async function expectOrder(project: TestProject, typed: string): Promise<void> {
  const before = project.files;
  const run = await project.run(typed);
  if (run.refused.length > 0) {
    expect(project.files).toEqual(before);
    expectSense(run);
    return;
  }
  expect(run.changed.filter((path) => !/^(src|migrations)(\/[\w-]+)+\.(ts|json)$/.test(path))).toEqual([]);
  const again = await project.run(typed);
  expect(again).toMatchObject({ changed: [], refused: [] });
}

/** Every problem says something, and nothing of how it was made. */
function expectSense({ refused }: TestRun): void {
  for (const { code, message, hint } of refused) {
    expect(code).toMatch(/^[a-z_]+(\.[a-z0-9_-]+)+$/i);
    expect(message).not.toBe("");
    expect(`${message} ${hint ?? ""}`).not.toMatch(/\bundefined\b|\[object|\bNaN\b/);
  }
}
