import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packAshlar } from "./new-package.js";
import { runOrFail, runProcess, type ProcessResult } from "./new-processes.js";

/** A place with ashlar, as it is published, installed once beside all that its projects need. */
export interface Workshop {
  /** Makes a project by `ashlar new --example`, with a copy of the packages that are installed. */
  makeProject(database: string): Promise<string>;
  dispose(): void;
}

/** Packs and installs ashlar. Takes about as long as npm needs. */
export async function openWorkshop(): Promise<Workshop> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "ashlar-recipe-")));
  const packed = `file:${await packAshlar(folder)}`;
  const { devDependencies } = readJson("package.json");
  const names = ["@electric-sql/pglite", "@types/node", "knex", "libsql", "pg", "tsx", "typescript"];
  const versions = names.map((name) => [name, devDependencies[name]]);
  writeJson(join(folder, "package.json"), {
    private: true,
    dependencies: { ashlar: packed, ...Object.fromEntries(versions) },
  });
  await runOrFail("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline"], { cwd: folder });
  return {
    makeProject: (database) => makeProject(folder, database),
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function makeProject(workshop: string, database: string): Promise<string> {
  const args = ["new", database, "--example", "--database", database, "--no-install"];
  const packages = join(workshop, "node_modules");
  await runOrFail(process.execPath, [join(packages, "ashlar/bin/ashlar.js"), ...args], { cwd: workshop });
  const project = join(workshop, database);
  cpSync(packages, join(project, "node_modules"), { recursive: true, verbatimSymlinks: true });
  return project;
}

/** Runs the project's own ashlar, as `npx ashlar` does. */
export function runAshlar(project: string, words: string, env = {}): Promise<ProcessResult> {
  const args = [join(project, "node_modules/ashlar/bin/ashlar.js"), ...words.split(" ")];
  return runProcess(process.execPath, args, { cwd: project, env });
}

function readJson(path: string): { readonly devDependencies: Readonly<Record<string, string>> } {
  return JSON.parse(readFileSync(path, "utf8")) as { devDependencies: Record<string, string> };
}

function writeJson(path: string, value: unknown): void {
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
}
