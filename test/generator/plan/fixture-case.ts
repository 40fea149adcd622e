import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Text by path; paths are relative to the project and joined by `/`. */
export type Tree = Readonly<Record<string, string>>;

/** A folder of `fixtures/`, read: see the README there. */
export interface FixtureCase {
  readonly name: string;
  readonly folder: string;
  readonly before: Tree;
  /** The files of `after/`: those that are to differ from `before`. */
  readonly after: Tree;
  /** What the commands tell. */
  readonly told: string;
  /** As typed, lines joined. */
  readonly commands: readonly string[];
}

const fixtures = fileURLToPath(new URL("../../../fixtures", import.meta.url));

/** Every case, in the order of their names. */
export function readFixtureCases(): readonly FixtureCase[] {
  return readdirSync(fixtures)
    .filter((name) => existsSync(join(fixtures, name, "command.txt")))
    .sort()
    .map(readFixtureCase);
}

function readFixtureCase(name: string): FixtureCase {
  const folder = join(fixtures, name);
  const own = readTree(join(folder, "before"));
  const shared = own["package.json"] === undefined ? readTree(join(fixtures, "example-project")) : {};
  const commands = readFileSync(join(folder, "command.txt"), "utf8").replace(/\\\n */g, "");
  return {
    ...{ name, folder, after: readTree(join(folder, "after")) },
    told: readIfAny(join(folder, "told.txt")),
    before: { ...shared, ...own },
    commands: commands.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#")),
  };
}

function readIfAny(path: string): string {
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

/** Every file below a folder; empty where there is none. */
export function readTree(folder: string): Tree {
  if (!existsSync(folder)) return {};
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));
  return Object.fromEntries(
    paths
      .filter((path) => !path.includes("node_modules"))
      .sort()
      .map((path) => [path, readFileSync(join(folder, path), "utf8")]),
  );
}

/** The files of one tree that another does not have, or has otherwise. */
export function findDifference(tree: Tree, other: Tree): Tree {
  return Object.fromEntries(Object.entries(tree).filter(([path, text]) => other[path] !== text));
}

/** Makes a case's expectations what was found: the files that differ from `before`, and what was told. */
export function updateFixture({ folder, before }: FixtureCase, found: { after: Tree; told: string }): void {
  rmSync(join(folder, "after"), { recursive: true, force: true });
  writeTree(join(folder, "after"), findDifference(found.after, before));
  writeFileSync(join(folder, "told.txt"), found.told);
}

export function writeTree(root: string, tree: Tree): void {
  for (const [path, text] of Object.entries(tree)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}
