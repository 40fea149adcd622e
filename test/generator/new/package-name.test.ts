import { describe, expect, test } from "vitest";
import { derivePackageName } from "../../../src/generator/new/package-name.js";

describe("the name of a project's package", () => {
  test.each([
    ["shop", "shop"],
    ["My Shop", "my-shop"],
    ["user_tasks.v2", "user_tasks.v2"],
    ["_private", "private"],
    [".demo", "demo"],
    ["Größe & Co.", "gr-e-co"],
    ["@scope/name", "scope-name"],
  ])("for the folder %j is %j", (folder, name) => {
    expect(derivePackageName(folder)).toBe(name);
  });

  test.each([
    ["", "holds no letter from a to z and no digit"],
    ["漢字", "holds no letter from a to z and no digit"],
    ["x".repeat(215), "has more than the 214 characters that npm takes"],
    ["node_modules", "is a name that npm gives to no package"],
    ["Knex", "is the name of a package that it depends on"],
  ])("cannot be made of %j", (folder, complaint) => {
    expect(derivePackageName(folder)).toMatchObject({
      code: "new.name.invalid",
      message: `A project is named after its folder, and "${folder}" ${complaint}.`,
    });
  });
});
