import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { readPages, root } from "./page.js";

/** What GitHub makes of a heading in an address. */
function toAnchor(heading: string): string {
  const words = heading.toLowerCase().replaceAll(/[^\p{L}\p{N} _-]/gu, "");
  return words.replaceAll(" ", "-");
}

function listAnchors(path: string): readonly string[] {
  return Array.from(readFileSync(path, "utf8").matchAll(/^#+ (.*)$/gm), ([, heading = ""]) =>
    toAnchor(heading),
  );
}

it("links lead to pages and headings that are there", () => {
  const broken = readPages().flatMap(({ path, text }) =>
    Array.from(text.matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)).flatMap(
      ([link, target = "", anchor]) => {
        const file = join(root, target === "" ? path : join(dirname(path), target));
        const isThere = existsSync(file) && (anchor === undefined || listAnchors(file).includes(anchor));
        return isThere ? [] : [`${path} ${link}`];
      },
    ),
  );
  expect(broken).toEqual([]);
});
