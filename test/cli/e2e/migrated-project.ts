import { mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createExampleProject, runAshlar, type CommandResult } from "./command-line.js";

export const sqliteKnexfile = `import { SqliteClient } from "ashlar/sqlite";

export default {
  client: SqliteClient,
  connection: { filename: "./data.sqlite" },
  migrations: { directory: "./migrations", extension: "ts" },
};
`;

/** The example with no snapshot yet, on SQLite or what the knexfile says, with the packages of this project. */
export function createProject(files: Readonly<Record<string, string>> = {}): string {
  const cwd = createExampleProject({ "knexfile.ts": sqliteKnexfile, ...files });
  for (const name of ["users", "tasks"]) edit(cwd, `migrations/snapshot/${name}.json`, () => undefined);
  linkPackages(cwd);
  return cwd;
}

/** Gives a project the packages of this one. */
export function linkPackages(cwd: string): void {
  const modules = join(cwd, "node_modules");
  mkdirSync(modules);
  for (const name of ["knex", "libsql", "pg", "@electric-sql"])
    symlinkSync(resolve("node_modules", name), join(modules, name));
  symlinkSync(resolve("."), join(modules, "ashlar"));
}

/** Puts another text in the place of a file's; undefined deletes it. */
export function edit(cwd: string, path: string, change: (text: string) => string | undefined): void {
  const file = join(cwd, path);
  const text = change(readFileSync(file, "utf8"));
  if (text === undefined) rmSync(file);
  else writeFileSync(file, text);
}

/** Gives `User` another attribute, a text. */
export function addAttribute(cwd: string, name: string): void {
  edit(cwd, "src/accounts/user.ts", (text) =>
    text.replace("    name: string(),", `    name: string(),\n    ${name}: string(),`),
  );
}

/** Generates a migration of this name, without a proof. */
export async function generate(cwd: string, name: string): Promise<void> {
  const result = await runAshlar(["gen", "migrations", "--name", name, "--no-proof"], { cwd });
  if (result.exitCode !== 0) throw new Error(result.stderr);
}

/** The names of the migrations without their times. */
export function listMigrations(cwd: string): readonly string[] {
  return readdirSync(join(cwd, "migrations"))
    .filter((name) => name.endsWith(".ts"))
    .sort()
    .map((name) => name.replace(/^\d+_/, ""));
}

/** What a command said, its exit code first. */
export function sayAll({ exitCode, stdout, stderr }: CommandResult): string {
  return `${String(exitCode)}\n${stdout}${stderr}`;
}
