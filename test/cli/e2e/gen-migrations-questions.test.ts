import { describe, expect, test } from "vitest";
import { readWholeTree } from "../../host/temporary-project.js";
import { MigrationsProject } from "./migrations-project.js";
import { openTerminal, type TestTerminal } from "./tmux.js";

const user = "src/accounts/user.ts";
const line = 'ashlar gen migrations --name change --no-proof; echo "exit $?"';

/** A project with these changes of `User`, and a terminal in which its migration is asked about. */
function begin(...edits: readonly (readonly [from: string, to: string])[]) {
  const project = new MigrationsProject("sqlite");
  for (const [from, to] of edits) project.edit(user, from, to);
  const before = readWholeTree(project.root);
  const terminal = openTerminal(project.root);
  terminal.type(line);
  return { project, before, terminal };
}

const renamed = ["name: string()", "title: string(),\n    fullName: string()"] as const;
const dropped = ["    name: string(),\n", ""] as const;
const optional = ["string().required()", "string()"] as const;
const noted = ["name: string()", "name: string(),\n    nickname: string()"] as const;
const required = ["name: string()", "name: string(),\n    code: string().required()"] as const;

async function write(terminal: TestTerminal): Promise<void> {
  await terminal.see(/Write these \d files\?/);
  terminal.press("Enter");
  await terminal.see(/exit 0/);
}

describe("at a terminal", () => {
  test("a rename is asked with what it may be, and is the one that is chosen", async () => {
    const { project, terminal } = begin(renamed);
    const screen = await terminal.see(/The column "name" of "users" is gone\. Has it another name now\?/);
    expect(screen).toMatch(/Yes: "full_name"[\s\S]*Yes: "title"[\s\S]*No, it is gone/);
    terminal.press("Enter");
    await write(terminal);
    const text = project.readMigrations()["change.ts"] ?? "";
    expect(text).toContain('renameColumn("name", "full_name")');
    expect(text).toContain('"title"');
  });

  test("a rename that is none leads to the question whether the column may go", async () => {
    const { project, terminal } = begin(renamed);
    await terminal.see(/Has it another name now\?/);
    for (const key of ["Down", "Down", "Enter"]) terminal.press(key);
    await terminal.see(/"name"[\s\S]*Do it\?/);
    terminal.press("y");
    await write(terminal);
    const text = project.readMigrations()["change.ts"] ?? "";
    expect(text).toContain('dropColumn("name")');
    expect(text).not.toContain("renameColumn");
  });

  test("a column that may not go stays, with the flag in a comment", async () => {
    const { project, terminal } = begin(dropped, optional);
    await terminal.see(/Do it\?/);
    terminal.press("n");
    await write(terminal);
    const text = project.readMigrations()["change.ts"] ?? "";
    expect(text).toContain("--allow-drop users.name");
    expect(text).not.toMatch(/^ *table\.dropColumn\("name"\)/m);
    expect(project.readMigrations()["snapshot/users.json"]).toContain('"name"');
  });

  test("a required column asks for the value of the rows that are there", async () => {
    const { project, terminal } = begin(required);
    await terminal.see(/SQL for the rows that have no value/);
    terminal.type("'none'");
    await write(terminal);
    expect(project.readMigrations()["change.ts"]).toMatch(/= \\?'none\\?'/);
    expect((await project.run("gen migrations --check")).exitCode).toBe(0);
  });

  test.each([
    ["which of several it is", [renamed], /Has it another name now\?/],
    ["whether a column may go, among other changes", [dropped, optional], /Do it\?/],
    ["whether a column may go", [dropped], /Do it\?/],
    ["a value", [required], /SQL for the rows/],
    ["whether to write", [noted], /Write these \d files\?/],
  ] as const)("Ctrl-C at the question %s writes nothing and ends it", async (_, edits, question) => {
    const { project, before, terminal } = begin(...edits);
    await terminal.see(question);
    terminal.press("C-c");
    expect(await terminal.see(/exit \d/)).toMatch(/exit 1/);
    expect(readWholeTree(project.root)).toEqual(before);
  });
});
