import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkNewFolder } from "../../../src/host/new/new-folder.js";
import { isAshlarError, type Problem } from "../../../src/support/problem.js";
import { createTemporaryFolder } from "../temporary-project.js";

function refuse(folder: string, written = "shop"): Problem | undefined {
  try {
    checkNewFolder(folder, written);
  } catch (error) {
    if (isAshlarError(error)) return error.problems[0];
    throw error;
  }
  throw new Error(`"${folder}" was taken.`);
}

describe("a project can be made", () => {
  test("in a folder that is not there, be it deep", () => {
    checkNewFolder(join(createTemporaryFolder(), "a", "b", "shop"), "shop");
  });

  test("in one that is empty, or that git alone has been in", () => {
    const folder = createTemporaryFolder();
    checkNewFolder(folder, ".");
    mkdirSync(join(folder, ".git"));
    checkNewFolder(folder, ".");
  });

  test("behind a link to a folder", () => {
    const folder = createTemporaryFolder();
    mkdirSync(join(folder, "real"));
    symlinkSync("real", join(folder, "link"));
    checkNewFolder(join(folder, "link"), "link");
  });
});

describe("a project is refused", () => {
  test("by a folder that holds something, and the first thing is named", () => {
    const folder = createTemporaryFolder();
    for (const name of [".git", "notes.txt", "photo.jpg"]) writeFileSync(join(folder, name), "");
    expect(refuse(folder)).toEqual({
      code: "new.folder.used",
      message: 'The folder "shop" is not empty: it holds "notes.txt".',
      hint: "Choose one that is not there yet, or set ashlar up in a project that exists: npx ashlar init",
    });
  });

  test("by a file in its place or on the way to it", () => {
    const folder = createTemporaryFolder();
    const file = join(folder, "file");
    writeFileSync(file, "");
    const message = `No folder "shop" can be made: "${file}" is a file.`;
    expect(refuse(file)).toMatchObject({ code: "new.folder.file", message });
    expect(refuse(join(file, "a", "shop"))).toMatchObject({ code: "new.folder.file", message });
  });
});
