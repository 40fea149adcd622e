import { join } from "node:path";
import { expect, test } from "vitest";
import { createContext, openProject } from "../../src/host/open-project.js";
import { createProjectFolder } from "./temporary-project.js";

test("a project is opened from any folder in it, and gives a generator what it may know", async () => {
  const root = createProjectFolder({
    "package.json": '{ "type": "module" }',
    "ashlar.config.json": '{ "database": "sqlite" }',
    ".prettierrc": '{ "semi": false }',
    "src/accounts/user.ts": "export class User {}\n",
  });
  const project = await openProject(join(root, "src/accounts"));
  expect(project).toMatchObject({ root, settings: { database: "sqlite", importExtension: ".js" } });
  const now = new Date("2026-11-22T19:00:00Z");
  const context = createContext(project, now);
  expect(context).toMatchObject({ now, settings: project.settings, files: project.files });
  expect(context.files.read("src/accounts/user.ts")).toBe("export class User {}\n");
  expect(context.templates.read("no/such.ejs")).toBeUndefined();
  expect(await context.formatter.formatNew("src/a.ts", "const a=1;")).toBe("const a = 1\n");
});

test("where there is no project there is none to open", async () => {
  await expect(openProject("/")).rejects.toMatchObject({ code: "project.missing" });
});
