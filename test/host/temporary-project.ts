import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** A folder of its own, removed when the test ends. */
export function createTemporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "ashlar-host-")));
  chmodSync(folder, 0o755);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A project on disk with these files, removed when the test ends. */
export function createProjectFolder(files: Readonly<Record<string, string>>): string {
  const root = join(createTemporaryFolder(), "project");
  mkdirSync(root);
  writeFiles(root, files);
  return root;
}

export function writeFiles(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** Everything below a folder, dot files and empty folders included: text by path. */
export function readWholeTree(root: string): Record<string, string> {
  const tree: Record<string, string> = {};
  for (const entry of readdirSync(root, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(root.length + 1);
    if (entry.isSymbolicLink()) tree[name] = `-> ${readlinkSync(path)}`;
    else if (entry.isDirectory()) tree[`${name}/`] = "";
    else tree[name] = `${(lstatSync(path).mode & 0o777).toString(8)} ${readFileSync(path, "utf8")}`;
  }
  return Object.fromEntries(Object.entries(tree).sort());
}
