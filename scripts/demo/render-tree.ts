import pc from "picocolors";
import type { Change } from "../../src/generator/plan.js";

interface Folder {
  readonly folders: Map<string, Folder>;
  readonly files: Map<string, Change>;
}

/** The files as a tree, folders first; what is new or patched says so. */
export function renderTree(title: string, changes: readonly Change[]): string {
  const top = createFolder();
  for (const change of changes) place(top, change.path.split("/"), change);
  return [title, ...renderFolder(top, "")].join("\n");
}

function createFolder(): Folder {
  return { folders: new Map(), files: new Map() };
}

function place(folder: Folder, [name = "", ...rest]: readonly string[], change: Change): void {
  if (rest.length === 0) return void folder.files.set(name, change);
  const inner = folder.folders.get(name) ?? createFolder();
  folder.folders.set(name, inner);
  place(inner, rest, change);
}

function renderFolder({ folders, files }: Folder, indent: string): readonly string[] {
  const last = folders.size + files.size - 1;
  const branch = (index: number): string => `${indent}${index === last ? "└── " : "├── "}`;
  const below = (index: number): string => `${indent}${index === last ? "    " : "│   "}`;
  return [
    ...[...folders].flatMap(([name, inner], index) => [
      `${branch(index)}${name}/`,
      ...renderFolder(inner, below(index)),
    ]),
    ...[...files].map(
      ([name, change], index) => `${branch(folders.size + index)}${renderFile(name, change)}`,
    ),
  ];
}

function renderFile(name: string, { kind }: Change): string {
  if (kind === "create") return pc.green(`${name}  new`);
  return kind === "patch" ? pc.cyan(`${name}  patched`) : name;
}
