import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { x } from "tinyexec";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The blocks of a page that are whole files: their path stands behind the language. */
function extractFiles(page: string): ReadonlyMap<string, string> {
  const blocks = page.matchAll(/^```\w+ (\S+)\n([\s\S]*?)^```$/gm);
  return new Map(Array.from(blocks, ([, path = "", text = ""]) => [path, text]));
}

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ashlar-docs-"));
  const files = new Map([
    ...extractFiles(readFileSync(join(root, "docs/testing.md"), "utf8")),
    ["package.json", `{ "type": "module" }`],
    ["vitest.config.js", renderConfig()],
  ]);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** The package's name leads to the sources, so that the page is held to what is here and not to the last build. */
function renderConfig(): string {
  const alias = { "ashlar/testing": join(root, "src/testing/index.ts") };
  return `export default { test: { alias: ${JSON.stringify(alias)}, testTimeout: 60_000 } };`;
}

test("the test that the page on testing shows passes as it stands there", async () => {
  const { stdout, stderr } = await x("vitest", ["run"], {
    nodeOptions: { cwd: folder, env: { CI: "1", NO_COLOR: "1" } },
  });
  expect(stdout + stderr).toMatch(/Tests\s+4 passed \(4\)/);
});
