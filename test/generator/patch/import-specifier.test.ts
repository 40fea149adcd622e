import { describe, expect, test } from "vitest";
import type { SpecifierRequest } from "../../../src/generator/patch/import-specifier.js";
import { findImportSpecifier } from "../../../src/generator/patch/import-specifier.js";

const aliases = { "@/*": ["src/*"], "@works": ["./src/works/index.ts"] };

function find(text: string, request: Partial<Omit<SpecifierRequest, "text">> = {}): string {
  return findImportSpecifier({
    text,
    from: "src/accounts/user.ts",
    to: "src/works/task.ts",
    settings: { importExtension: ".js", paths: {} },
    ...request,
  });
}

describe("the extension", () => {
  test.each([
    [".js", "../works/task.js"],
    [".ts", "../works/task.ts"],
    ["", "../works/task"],
  ] as const)("is the project's where the file imports nothing: %s", (importExtension, expected) => {
    expect(find("", { settings: { importExtension, paths: {} } })).toBe(expected);
  });

  test.each([
    ["./profile.js", "../works/task.js"],
    ["./profile.ts", "../works/task.ts"],
    ["./profile", "../works/task"],
  ])("is the one that the file's own imports have: %s", (own, expected) => {
    const settings = { importExtension: ".js" as const, paths: {} };
    expect(find(`import { Profile } from "${own}";`, { settings })).toBe(expected);
    expect(find(`import { Profile } from "${own}";`, { settings: { importExtension: "", paths: {} } })).toBe(
      expected,
    );
  });

  test("is the one that most have where they differ", () => {
    expect(find(`import "./a.js"; import "./b"; import "./c";`)).toBe("../works/task");
  });

  test("is not learnt from packages, data and bare folders", () => {
    expect(find(`import "ashlar"; import "./a.json"; import ".."; import "lodash/fp";`)).toBe(
      "../works/task.js",
    );
  });

  test("follows the kind of the module", () => {
    expect(find("", { to: "src/works/task.mts" })).toBe("../works/task.mjs");
    expect(find("", { to: "src/works/task.tsx" })).toBe("../works/task.js");
  });

  test("goes with the name of an index where there is none", () => {
    const settings = { importExtension: "" as const, paths: {} };
    expect(find("", { to: "src/works/index.ts", settings })).toBe("../works");
    expect(find("", { to: "src/accounts/index.ts", settings })).toBe(".");
    expect(find("", { to: "src/works/index.ts" })).toBe("../works/index.js");
  });
});

describe("the path", () => {
  test("starts with a dot in the same folder", () => {
    expect(find("", { to: "src/accounts/profile.ts" })).toBe("./profile.js");
  });

  test("is the one by which the file knows the module already", () => {
    expect(find(`import type { Task } from "../works/task";`)).toBe("../works/task");
    const settings = { importExtension: ".js" as const, paths: aliases };
    expect(find(`import { Task } from "@/works/task.ts";`, { settings })).toBe("@/works/task.ts");
  });
});

describe("an alias", () => {
  const settings = { importExtension: "" as const, paths: aliases };

  test("is used where the file uses it", () => {
    expect(find(`import { audited } from "@/audit/audited";`, { settings })).toBe("@/works/task");
  });

  test("has the extension that the file gives it", () => {
    expect(find(`import { audited } from "@/audit/audited.js";`, { settings })).toBe("@/works/task.js");
  });

  test("is not used where the file does not, or looks like a package", () => {
    expect(find(`import { audited } from "../audit/audited";`, { settings })).toBe("../works/task");
    expect(find(`import "ashlar"; import "@scope/package";`, { settings })).toBe("../works/task");
  });

  test("is not used for the same folder where the file imports its neighbours by path", () => {
    const text = `import { audited } from "@/audit/audited"; import { Profile } from "./profile";`;
    expect(find(text, { settings, to: "src/accounts/team.ts" })).toBe("./team");
    expect(find(text, { settings })).toBe("@/works/task");
  });

  test("is used for the same folder where the file does so for its neighbours", () => {
    const text = `import { Profile } from "@/accounts/profile";`;
    expect(find(text, { settings, to: "src/accounts/team.ts" })).toBe("@/accounts/team");
  });

  test("names one module exactly where it has no star", () => {
    expect(find(`import { Step } from "@works";`, { settings, to: "src/works/index.ts" })).toBe("@works");
    expect(find(`import { Step } from "@works";`, { settings })).toBe("../works/task");
  });

  test("may lead to a folder that is written with a dot", () => {
    const dotted = { importExtension: ".js" as const, paths: { "~/*": ["./src/*"] } };
    expect(find(`import { audited } from "~/audit/audited.js";`, { settings: dotted })).toBe(
      "~/works/task.js",
    );
  });

  test("is no alias where every package would match it", () => {
    const all = { importExtension: ".js" as const, paths: { "*": ["src/*"] } };
    expect(find(`import { resource } from "ashlar";`, { settings: all })).toBe("../works/task.js");
  });
});

describe("a module that passes the name on", () => {
  const texts: Readonly<Record<string, string>> = {
    "src/works/index.ts": `export * from "./all.js"; export { Step as Stage } from "./step.js";`,
    "src/works/all.ts": `export * from "./index.js"; import { Task as Own } from "./task.js"; export { Own as Task };`,
  };
  const reexport = { name: "Task", files: { read: (path: string) => texts[path] } };

  test("is reused where the file has the name from it", () => {
    expect(find(`import { Task } from "../works/index.js";`, { reexport })).toBe("../works/index.js");
    expect(find(`import { User, Task as T } from "../works";`, { reexport })).toBe("../works");
  });

  test("is not where the name comes from elsewhere, or is another", () => {
    expect(find(`import { Stage } from "../works/index.js";`, { reexport })).toBe("../works/task.js");
    expect(find(`import { Task } from "../chores/index.js";`, { reexport })).toBe("../works/task.js");
    expect(find(`import { Task } from "../works/index.js";`, { reexport, to: "src/other/task.ts" })).toBe(
      "../other/task.js",
    );
  });
});
